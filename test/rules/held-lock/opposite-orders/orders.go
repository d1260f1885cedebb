package orders

import "sync"

type Account struct {
	mu      sync.Mutex
	balance int
}

func crossed() {
	a, b := &Account{}, &Account{}
	done := make(chan struct{})
	go func() {
		a.mu.Lock()
		b.mu.Lock() // want "`b.mu.Lock\(\)` blocks forever: the lock has been held since line 20 by a goroutine that waits on line 21"
		b.mu.Unlock()
		a.mu.Unlock()
		close(done)
	}()
	b.mu.Lock()
	a.mu.Lock()
	a.mu.Unlock()
	b.mu.Unlock()
	<-done
}

func ordered() {
	a, b := &Account{}, &Account{}
	done := make(chan struct{})
	go func() {
		a.mu.Lock()
		b.mu.Lock()
		b.mu.Unlock()
		a.mu.Unlock()
		close(done)
	}()
	a.mu.Lock()
	b.mu.Lock()
	b.mu.Unlock()
	a.mu.Unlock()
	<-done
}
