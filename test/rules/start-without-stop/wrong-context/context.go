// Package wrong starts goroutines that wait for the wrong context.
package wrong

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

var errFailed = errors.New("failed")

type server struct{ ticks chan struct{} }

func (s *server) serve(ctx context.Context) error {
	if ctx.Err() == nil {
		return errFailed
	}
	return nil
}

func (s *server) beat(ctx context.Context) error { return ctx.Err() }

// Run leaves the goroutine behind when serve fails.
func (s *server) Run(ctx context.Context) error {
	run, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { // want "The goroutine waits for `ctx`, not for `run`, which the function cancels when it returns: until `ctx` ends it stays"
		for {
			select {
			case <-ctx.Done():
				return
			case s.ticks <- struct{}{}:
				_ = s.beat(run)
			}
		}
	}()
	return s.serve(run)
}

// Two starts a second goroutine that waits for the right one.
func (s *server) Two(ctx context.Context) error {
	run, cancel := context.WithCancel(ctx)
	defer cancel()
	go s.forward(run)
	go func() { // want "waits for `ctx`, not for `run`"
		for {
			select {
			case <-ctx.Done():
				return
			case s.ticks <- struct{}{}:
			}
		}
	}()
	if err := s.serve(run); err != nil {
		return err
	}
	return nil
}

func (s *server) forward(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.ticks:
		}
	}
}

// handle serves a request.
func (s *server) handle(ctx context.Context, w http.ResponseWriter) {
	go s.forward(context.Background()) // want "`s.forward` is given a context that never ends, so nothing ends its loop, although `ctx` is available"
	w.WriteHeader(http.StatusAccepted)
}

type poller struct {
	ticks chan struct{}
	once  sync.Once
}

func (p *poller) Close() { p.once.Do(func() {}) }

func (p *poller) Start(ctx context.Context) {
	go p.loop(context.TODO()) // want "`p.loop` is given a context that never ends"
}

func (p *poller) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.ticks:
		}
	}
}

// right is quiet.
func (s *server) right(ctx context.Context) error {
	run, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for {
			select {
			case <-run.Done():
				return
			case s.ticks <- struct{}{}:
				_ = s.beat(run)
			}
		}
	}()
	return s.serve(run)
}

// other is quiet: the derived context is for one request, the goroutine is not part of it.
func (s *server) other(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case s.ticks <- struct{}{}:
			}
		}
	}()
	return s.serve(limited)
}

// untilTheEnd is quiet: the function returns only when the given context has ended.
func (s *server) untilTheEnd(ctx context.Context) error {
	run, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case s.ticks <- struct{}{}:
				_ = s.beat(run)
			}
		}
	}()
	<-ctx.Done()
	return s.serve(run)
}

// stopped is quiet: something else ends the goroutine as well.
func (s *server) stopped(ctx context.Context) error {
	run, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-done:
				return
			case s.ticks <- struct{}{}:
				_ = s.beat(run)
			}
		}
	}()
	return s.serve(run)
}

// waited is quiet: the function waits for the goroutine.
func (s *server) waited(ctx context.Context) error {
	run, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case <-ctx.Done():
				return
			case s.ticks <- struct{}{}:
				_ = s.beat(run)
			}
		}
	}()
	err := s.serve(run)
	wg.Wait()
	return err
}

// shadowed is quiet: the name stands for the derived context.
func (s *server) shadowed(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case s.ticks <- struct{}{}:
				_ = s.beat(ctx)
			}
		}
	}()
	return s.serve(ctx)
}

type service struct{ ticks chan struct{} }

// Start is quiet: nobody means to stop the service.
func (s *service) Start(ctx context.Context) error {
	go s.loop(context.Background())
	return ctx.Err()
}

func (s *service) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.ticks:
		}
	}
}
