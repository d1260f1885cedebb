package watch

import (
	"context"
	"sync"
	"time"
)

// Watcher keeps what ends a poller under its name, and loses it when the name comes again.
type Watcher struct {
	mu    sync.Mutex
	stops map[string]chan struct{}
}

func (w *Watcher) Watch(name string, poll func()) {
	stop := make(chan struct{})
	w.mu.Lock()
	w.stops[name] = stop
	w.mu.Unlock()
	go func() {
		for {
			select { // want "If `Watch` is called again before `Unwatch` and so replaces what ends its first goroutine"
			case <-stop:
				return
			case <-time.After(time.Second):
				poll()
			}
		}
	}()
}

func (w *Watcher) Unwatch(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if stop, ok := w.stops[name]; ok {
		close(stop)
		delete(w.stops, name)
	}
}

// Follower replaces its cancel function.
type Follower struct {
	cancel context.CancelFunc
}

func (f *Follower) Follow(events <-chan string, do func(string)) {
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel = cancel
	go func() {
		<-ctx.Done() // want "If `Follow` is called again before `Stop`"
		do("over")
	}()
}

func (f *Follower) Stop() {
	if f.cancel != nil {
		f.cancel()
	}
}

// Careful ends the goroutine of the earlier call.
type Careful struct {
	cancel context.CancelFunc
}

func (c *Careful) Follow(do func(string)) {
	if c.cancel != nil {
		c.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel = cancel
	go func() {
		<-ctx.Done()
		do("over")
	}()
}

func (c *Careful) Stop() {
	if c.cancel != nil {
		c.cancel()
	}
}

// Single refuses a name that it has.
type Single struct {
	mu    sync.Mutex
	stops map[string]chan struct{}
}

func (s *Single) Watch(name string, do func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.stops[name]; ok {
		return false
	}
	stop := make(chan struct{})
	s.stops[name] = stop
	go func() {
		<-stop
		do()
	}()
	return true
}

func (s *Single) Unwatch(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stop, ok := s.stops[name]; ok {
		close(stop)
		delete(s.stops, name)
	}
}

// Server is started once.
type Server struct {
	cancel context.CancelFunc
}

func (s *Server) Start(do func()) {
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	go func() {
		<-ctx.Done()
		do()
	}()
}

func (s *Server) Stop() { s.cancel() }
