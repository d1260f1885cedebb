package returns

import "sync"

type Cache struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *Cache) read(key string) int {
	c.mu.Lock()
	n, ok := c.items[key]
	if !ok {
		return -1
	}
	if n < 0 {
		return 0
	}
	c.mu.Unlock()
	return n
}

func readTwice(key string) int {
	c := &Cache{items: map[string]int{}}
	c.read(key)
	c.mu.Lock() // want "`c.mu.Lock\(\)` blocks forever: the lock taken on line 11 is not released when its function returns on line 14"
	defer c.mu.Unlock()
	return len(c.items)
}

func readSafely(key string) int {
	c := &Cache{items: map[string]int{}}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.items[key]
}
