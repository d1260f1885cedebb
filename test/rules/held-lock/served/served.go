package served

import (
	"errors"
	"sync"
)

// Server serves with the lock that everybody else asks for.
type Server struct {
	mu      sync.RWMutex
	serving bool
	names   map[string]bool
}

func (s *Server) Serve() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.serving {
		return errors.New("it serves already")
	}
	s.serving = true
	select {} // want "blocks forever while it holds the lock taken on line 16, which the other side needs on line 26"
}

func (s *Server) Register(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name] = true
}

// Daemon has released its lock when it waits.
type Daemon struct {
	mu      sync.Mutex
	running bool
}

func (d *Daemon) Run() {
	d.mu.Lock()
	d.running = true
	d.mu.Unlock()
	select {}
}

func (d *Daemon) Running() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.running
}
