package missing

import "sync"

type Counter struct {
	mu    sync.Mutex
	count int
}

func (c *Counter) addBelow(limit int) bool {
	c.mu.Lock()
	if c.count >= limit {
		return false
	}
	c.count++
	c.mu.Unlock()
	return true
}

func (c *Counter) addSafely(limit int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.count >= limit {
		return false
	}
	c.count++
	return true
}

func twice() bool {
	c := &Counter{}
	c.addBelow(0)
	c.mu.Lock() // want "`c.mu.Lock\(\)` blocks forever"
	c.count++
	c.mu.Unlock()
	return c.addSafely(1)
}

// Leak blocks on the lock that the first call kept.
func Leak() {
	twice()
}
