// Package errgroup stands in for golang.org/x/sync/errgroup, so that fixtures compile without a network.
// It has the methods that fixtures use, with the documented behaviour.
package errgroup

import (
	"context"
	"sync"
)

// Group runs functions in goroutines and keeps the first error.
type Group struct {
	running sync.WaitGroup
	first   sync.Once
	err     error
	cancel  context.CancelFunc
	slots   chan struct{}
}

// WithContext returns a group and a context that ends with the first error or with Wait.
func WithContext(ctx context.Context) (*Group, context.Context) {
	derived, cancel := context.WithCancel(ctx)
	return &Group{cancel: cancel}, derived
}

// SetLimit bounds the functions that run at a time; a negative number means no limit.
func (g *Group) SetLimit(n int) {
	if n < 0 {
		g.slots = nil
		return
	}
	g.slots = make(chan struct{}, n)
}

// Go starts a function, waiting for a free slot when there is a limit.
func (g *Group) Go(f func() error) {
	if g.slots != nil {
		g.slots <- struct{}{}
	}
	g.start(f)
}

// TryGo starts a function unless the limit is reached.
func (g *Group) TryGo(f func() error) bool {
	if g.slots != nil {
		select {
		case g.slots <- struct{}{}:
		default:
			return false
		}
	}
	g.start(f)
	return true
}

func (g *Group) start(f func() error) {
	g.running.Add(1)
	go func() {
		defer g.finish()
		if err := f(); err != nil {
			g.first.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel()
				}
			})
		}
	}()
}

func (g *Group) finish() {
	if g.slots != nil {
		<-g.slots
	}
	g.running.Done()
}

// Wait returns the first error after all functions have returned.
func (g *Group) Wait() error {
	g.running.Wait()
	if g.cancel != nil {
		g.cancel()
	}
	return g.err
}
