package kernel

import (
	"errors"
	"sync"
)

type deed struct{}

type addon struct {
	ready *sync.Cond
	err   error
	deed  *deed
}

// fail is the end of those who wait, too.
func (a *addon) fail(err error) {
	a.ready.L.Lock()
	a.err = err
	a.ready.L.Unlock()
}

func (a *addon) await() error {
	a.ready.L.Lock()
	for a.deed == nil {
		a.ready.Wait() // leaks
	}
	a.ready.L.Unlock()
	return a.err
}

func Leak() {
	a := &addon{ready: sync.NewCond(&sync.Mutex{})}
	done := make(chan struct{})
	go func() {
		_ = a.await()
		close(done)
	}()
	a.fail(errors.New("broken"))
	<-done // leaks
}
