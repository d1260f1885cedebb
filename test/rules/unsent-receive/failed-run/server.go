// Package server holds types whose stop waits until they run.
package server

import (
	"context"
	"sync"
)

type joiner interface {
	Join(ctx context.Context) error
}

// Server runs in a goroutine of its user, who stops it from another one.
type Server struct {
	mu      sync.Mutex
	stopped bool
	started chan struct{}
	failed  chan error
	node    joiner
}

func New(node joiner) *Server {
	return &Server{node: node, started: make(chan struct{}), failed: make(chan error, 1)}
}

// Run returns when the server is over.
func (s *Server) Run(ctx context.Context) error {
	if err := s.node.Join(ctx); err != nil {
		return err
	}
	close(s.started)
	return <-s.failed
}

// Stop must not run while the server starts.
func (s *Server) Stop() {
	<-s.started // want "If `Stop` is called after `Run` has failed, `<-s.started` blocks forever: nobody sends on or closes `s.started`"
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
}

// Careful says in any case that it has got as far as it will.
type Careful struct {
	started chan struct{}
	failed  chan error
	node    joiner
}

func NewCareful(node joiner) *Careful {
	return &Careful{node: node, started: make(chan struct{}), failed: make(chan error, 1)}
}

func (c *Careful) Run(ctx context.Context) error {
	err := c.node.Join(ctx)
	close(c.started)
	if err != nil {
		return err
	}
	return <-c.failed
}

// Stop is quiet: the channel is closed whatever happens.
func (c *Careful) Stop() { <-c.started }

// Brief has a start that returns: whoever gets its error does not stop what does not run.
type Brief struct {
	started chan struct{}
	node    joiner
}

func NewBrief(node joiner) *Brief { return &Brief{node: node, started: make(chan struct{})} }

func (b *Brief) Start(ctx context.Context) error {
	if err := b.node.Join(ctx); err != nil {
		return err
	}
	close(b.started)
	return nil
}

// Stop is quiet.
func (b *Brief) Stop() { <-b.started }
