package kernel

import (
	"math/rand"
	"sync"
)

type progress struct{}

type output interface {
	write(progress) error
}

type outputChan chan<- progress

func (out outputChan) write(p progress) error {
	out <- p // leaks
	return nil
}

type transfer struct {
	mu sync.Mutex
}

type follower struct {
	signal  chan struct{}
	release chan struct{}
	running chan struct{}
}

func (t *transfer) follow(out output) *follower {
	f := &follower{signal: make(chan struct{}), release: make(chan struct{}), running: make(chan struct{})}
	go func() {
		defer close(f.running)
		for done := false; ; {
			t.mu.Lock()
			t.mu.Unlock()
			if rand.Intn(2) > 0 {
				out.write(progress{})
			}
			if done {
				return
			}
			select { // leaks
			case <-f.signal:
			case <-f.release:
				done = true
			}
		}
	}()
	return f
}

func (t *transfer) letGo(f *follower) {
	t.mu.Lock()
	t.mu.Unlock()
	close(f.release)
	<-f.running // leaks
}

func Leak() {
	out := make(chan progress)
	read := make(chan struct{})
	go func() {
		for range out {
			if rand.Intn(2) > 0 {
				return
			}
		}
		close(read)
	}()
	t := &transfer{}
	f := t.follow(outputChan(out))
	t.letGo(f)
	close(out)
	<-read // leaks
}
