package fixed

import "sync"

type balancer struct {
	mu   sync.Mutex
	addr chan bool
	done bool
}

func (b *balancer) up() {
	go func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if !b.done {
			b.done = true
			close(b.addr)
		}
	}()
}

func (b *balancer) notify() <-chan bool { return b.addr }

func dial(b *balancer) {
	wait := make(chan error, 1)
	go func() {
		defer close(wait)
		for range b.notify() {
		}
	}()
	b.up()
	<-wait
}

func run() {
	b := &balancer{addr: make(chan bool)}
	dial(b)
}
