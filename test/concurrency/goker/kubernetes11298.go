package kernel

import "sync"

func after(do func()) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	return done
}

func until(do func(), stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		do()
	}
}

type bell struct {
	mu   sync.Mutex
	rung *sync.Cond
}

// wait starts a goroutine that waits for the bell, so that it can be left.
func (b *bell) wait(stop <-chan struct{}) {
	b.mu.Lock() // leaks
	defer b.mu.Unlock()
	heard := after(func() {
		b.rung.Wait() // leaks
	})
	select {
	case <-stop:
		b.rung.Signal()
		<-heard // leaks
	case <-heard: // leaks
	}
}

func (b *bell) ring() {
	b.mu.Lock() // leaks
	defer b.mu.Unlock()
	b.rung.Signal()
}

func attend(stop <-chan struct{}) {
	b := &bell{}
	b.rung = sync.NewCond(&b.mu)
	rung := after(func() {
		until(b.ring, stop)
	})
	until(func() { b.wait(rung) }, stop)
}

func Leak() {
	stop := make(chan struct{})
	over := after(func() { attend(stop) })
	go close(stop)
	<-over // leaks
}
