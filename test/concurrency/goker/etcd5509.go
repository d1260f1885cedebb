package kernel

import (
	"context"
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

type client struct {
	mu     sync.RWMutex
	cancel context.CancelFunc
}

func (c *client) close() {
	c.mu.Lock() // leaks
	defer c.mu.Unlock()
	if c.cancel == nil {
		return
	}
	c.cancel()
	c.cancel = nil
}

type remote struct {
	client *client
}

func (r *remote) acquire() error {
	for {
		r.client.mu.RLock()
		closed := r.client.cancel == nil
		if closed {
			return errClosed
		}
		r.client.mu.RUnlock()
	}
}

type getter interface {
	get() error
}

func (r *remote) get() error {
	return r.acquire()
}

func Leak() {
	c := &client{}
	var g getter = &remote{client: c}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = g.get()
	}()
	c.close()
	<-done
}
