package kernel

import (
	"sync"
	"sync/atomic"
)

// crew counts its members, and the jobs that they have in hand.
type crew struct {
	home    chan struct{}
	members sync.WaitGroup
	mu      sync.Mutex
	leaving int32
	jobs    sync.WaitGroup
}

func newCrew() *crew {
	c := &crew{home: make(chan struct{})}
	return c
}

func (c *crew) take() bool {
	if atomic.LoadInt32(&c.leaving) != 0 {
		return false
	}
	c.mu.Lock() // leaks
	defer c.mu.Unlock()
	c.jobs.Add(1)
	return true
}

// rest waits for the jobs in hand.
func (c *crew) rest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	atomic.StoreInt32(&c.leaving, 1)
	c.jobs.Wait() // leaks
}

func (c *crew) dismiss() {
	c.rest()
	close(c.home)
	c.members.Wait() // leaks
}

func Leak() {
	crews := []*crew{newCrew(), newCrew()}
	for _, c := range crews {
		c.members.Add(1)
		go func() {
			defer c.members.Done()
			c.take()
			<-c.home // leaks
		}()
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for _, c := range crews {
			c.dismiss()
		}
	}()
	<-gone // leaks
}
