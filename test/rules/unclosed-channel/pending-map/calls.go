package calls

import (
	"errors"
	"sync"
	"time"
)

type caller struct {
	mu      sync.Mutex
	nextID  int
	pending map[int]chan string
	send    func(id int, text string) error
}

func (c *caller) call(text string, limit time.Duration) (string, error) {
	answer := make(chan string, 1)
	c.mu.Lock()
	c.nextID++
	id := c.nextID
	c.pending[id] = answer // want "`c.pending.id.` keeps `answer` after the return on line 24, because only other paths delete the entry"
	c.mu.Unlock()
	if err := c.send(id, text); err != nil {
		return "", err
	}
	select {
	case reply := <-answer:
		c.mu.Lock()
		delete(c.pending, id)
		c.mu.Unlock()
		return reply, nil
	case <-time.After(limit):
		return "", errors.New("no answer in time")
	}
}

// ask is quiet: the entry is deleted on every path.
func (c *caller) ask(id int, limit time.Duration) (string, error) {
	answer := make(chan string, 1)
	c.mu.Lock()
	c.pending[id] = answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.pending, id)
	}()
	select {
	case reply := <-answer:
		return reply, nil
	case <-time.After(limit):
		return "", errors.New("no answer in time")
	}
}

// open is quiet: another function takes the entry out.
func (c *caller) open(id int) string {
	answer := make(chan string, 1)
	c.mu.Lock()
	c.pending[id] = answer
	c.mu.Unlock()
	return <-answer
}

func (c *caller) reply(id int, text string) {
	c.mu.Lock()
	answer := c.pending[id]
	delete(c.pending, id)
	c.mu.Unlock()
	if answer != nil {
		answer <- text
	}
}
