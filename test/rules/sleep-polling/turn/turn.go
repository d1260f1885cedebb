package turn

import (
	"sync"
	"time"
)

type compactor struct {
	mu   sync.Mutex
	busy map[int]bool
}

// start waits until the others are done: each of them gives the key back, however it is left.
func (c *compactor) start(key int) {
	go c.compact(key)
}

func (c *compactor) compact(key int) {
	c.mu.Lock()
	for c.busy[key] {
		c.mu.Unlock()
		time.Sleep(10 * time.Millisecond)
		c.mu.Lock()
	}
	c.busy[key] = true
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.busy, key)
		c.mu.Unlock()
	}()
	println("compact", key)
}

func (c *compactor) follow(key int) {
	go c.after(key)
}

// after waits for somebody who need not come.
func (c *compactor) after(key int) {
	c.mu.Lock()
	for c.busy[key] {
		c.mu.Unlock()
		time.Sleep(10 * time.Millisecond) // want "polls `c.busy\[key\]`"
		c.mu.Lock()
	}
	c.mu.Unlock()
	println("done", key)
}
