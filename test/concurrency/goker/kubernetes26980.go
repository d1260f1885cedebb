package kernel

import "sync"

type inbox struct {
	mu      sync.RWMutex
	filled  *sync.Cond
	letters []any
}

func newInbox() *inbox {
	in := &inbox{}
	in.filled = sync.NewCond(&in.mu)
	return in
}

func (in *inbox) add(letter any) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.letters = append(in.letters, letter)
	in.filled.Broadcast()
}

// open waits for a letter, and then until it is told to stop.
func (in *inbox) open(stop <-chan struct{}) {
	in.mu.Lock() // leaks
	defer in.mu.Unlock()
	for len(in.letters) == 0 {
		in.filled.Wait()
	}
	<-stop // leaks
}

func Leak() {
	in := newInbox()
	stop := make(chan struct{})
	defer close(stop)
	in.add(1)
	go in.open(stop)
	locked := make(chan struct{})
	go func() {
		in.mu.Lock() // leaks
		close(locked)
	}()
	<-locked // leaks
	in.mu.Unlock()
}
