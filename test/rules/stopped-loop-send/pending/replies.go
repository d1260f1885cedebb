package replies

import "sync"

type reply struct{ done chan int }

type client struct {
	mu      sync.Mutex
	pending map[int]*reply
}

// Who reads the replies leaves those alone that are still asked for.
func (c *client) read(next func() (int, bool)) {
	for {
		id, ok := next()
		if !ok {
			return
		}
		c.mu.Lock()
		one := c.pending[id]
		delete(c.pending, id)
		c.mu.Unlock()
		if one != nil {
			one.done <- id
		}
	}
}

func (c *client) ask(id int) int {
	one := &reply{done: make(chan int)}
	c.mu.Lock()
	c.pending[id] = one
	c.mu.Unlock()
	return <-one.done // want "^`<-one.done` blocks forever once the goroutine started on line 39 returns on line 17"
}

func talk(next func() (int, bool)) int {
	c := &client{pending: map[int]*reply{}}
	go c.read(next)
	return c.ask(1)
}

type careful struct{ client }

// Whoever leaves, answers those who still wait.
func (c *careful) read(next func() (int, bool)) {
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, one := range c.pending {
			close(one.done)
		}
		c.pending = nil
	}()
	for {
		id, ok := next()
		if !ok {
			return
		}
		c.mu.Lock()
		one := c.pending[id]
		delete(c.pending, id)
		c.mu.Unlock()
		if one != nil {
			one.done <- id
		}
	}
}

func (c *careful) ask(id int) (int, bool) {
	one := &reply{done: make(chan int)}
	c.mu.Lock()
	if c.pending == nil {
		c.mu.Unlock()
		return 0, false
	}
	c.pending[id] = one
	c.mu.Unlock()
	got, ok := <-one.done
	return got, ok
}

func talkWell(next func() (int, bool)) (int, bool) {
	c := &careful{client{pending: map[int]*reply{}}}
	go c.read(next)
	return c.ask(1)
}
