package router

import (
	"context"
	"sync"
)

type handler struct {
	run     func(context.Context)
	started chan struct{}
}

// The lock is released by a defer, although a goroutine of the same function takes it as well.
type Router struct {
	mu       *sync.RWMutex
	handlers map[string]*handler
	prepare  func(*Router, *handler) error
}

func (r *Router) Add(name string, h *handler) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handlers[name] = h
}

func (r *Router) RunAll(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, h := range r.handlers {
		if err := r.prepare(r, h); err != nil {
			return err
		}
		close(h.started)
		go func() {
			h.run(ctx)
			r.mu.Lock()
			delete(r.handlers, name)
			r.mu.Unlock()
		}()
	}
	return nil
}
