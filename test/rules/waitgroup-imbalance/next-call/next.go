package next

import (
	"context"
	"errors"
	"net"
	"sync"
)

var errClosed = errors.New("closed")

// Group raises its counter before it knows whether there is a place.
type Group struct {
	ctx   context.Context
	slots chan struct{}
	wg    sync.WaitGroup
}

func (g *Group) Go(f func()) error {
	g.wg.Add(1)
	select {
	case g.slots <- struct{}{}:
	case <-g.ctx.Done():
		return g.ctx.Err()
	}
	go func() {
		defer g.wg.Done()
		defer func() { <-g.slots }()
		f()
	}()
	return nil
}

func (g *Group) Wait() {
	g.wg.Wait() // want "the counter raised on line 20 is not lowered when its function returns on line 24"
}

// Server counts a connection that it then refuses.
type Server struct {
	mu     sync.Mutex
	closed bool
	conns  sync.WaitGroup
}

func (s *Server) Handle(c net.Conn) error {
	s.conns.Add(1)
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return errClosed
	}
	go s.serve(c)
	return nil
}

func (s *Server) serve(c net.Conn) {
	defer s.conns.Done()
	buf := make([]byte, 512)
	for {
		if _, err := c.Read(buf); err != nil {
			return
		}
	}
}

func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.conns.Wait() // want "the counter raised on line 46 is not lowered when its function returns on line 51"
}

// Batch counts inside the call and forgets one way out.
type Batch struct {
	pending sync.WaitGroup
}

func (b *Batch) Do(check, work func() error) error {
	b.pending.Add(1)
	if err := check(); err != nil {
		return err
	}
	err := work()
	b.pending.Done()
	return err
}

func (b *Batch) Drain() {
	b.pending.Wait() // want "the counter raised on line 80 is not lowered when its function returns on line 82"
}

// Late raises the counter when nothing can fail any more.
type Late struct {
	ctx   context.Context
	slots chan struct{}
	wg    sync.WaitGroup
}

func (g *Late) Go(f func()) error {
	select {
	case g.slots <- struct{}{}:
	case <-g.ctx.Done():
		return g.ctx.Err()
	}
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		defer func() { <-g.slots }()
		f()
	}()
	return nil
}

func (g *Late) Wait() { g.wg.Wait() }

// Tally is counted up and down by its callers.
type Tally struct{ wg sync.WaitGroup }

func (t *Tally) Begin() error {
	t.wg.Add(1)
	return nil
}

func (t *Tally) End() { t.wg.Done() }

func (t *Tally) Wait() { t.wg.Wait() }

// Loop ends when it is told to.
type Loop struct {
	stop chan struct{}
	wg   sync.WaitGroup
}

func (l *Loop) Start() {
	l.wg.Add(1)
	go func() {
		defer l.wg.Done()
		<-l.stop
	}()
}

func (l *Loop) Wait() { l.wg.Wait() }
