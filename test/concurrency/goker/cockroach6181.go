package kernel

import (
	"fmt"
	"io"
	"sync"
)

type atlas struct {
	mu   sync.RWMutex
	maps []string
}

func (a *atlas) String() string {
	a.mu.RLock() // leaks
	defer a.mu.RUnlock()
	return a.describe()
}

// describe wants the lock held.
func (a *atlas) describe() string {
	return fmt.Sprint(a.maps)
}

func (a *atlas) find() {
	a.mu.RLock()
	io.WriteString(io.Discard, a.String())
	a.mu.RUnlock()
	a.mu.Lock() // leaks
	a.maps = append(a.maps, "new")
	a.mu.Unlock()
}

func Leak() {
	a := &atlas{}
	var travellers sync.WaitGroup
	for range 3 {
		travellers.Add(1)
		go func() {
			defer travellers.Done()
			a.find()
		}()
	}
	travellers.Wait() // leaks
}
