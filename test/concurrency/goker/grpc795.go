package kernel

import "sync"

type server struct {
	mu       sync.Mutex
	draining bool
}

func (s *server) wind() {
	s.mu.Lock()
	if s.draining {
		s.mu.Lock() // leaks
		return
	}
	s.draining = true
	s.mu.Unlock()
}

func (s *server) serve() {
	s.mu.Lock() // leaks
	s.mu.Unlock()
}

type rig struct {
	s *server
}

func (r *rig) start() {
	r.s = &server{}
	go r.s.serve()
}

func twice() {
	r := &rig{}
	r.start()
	for range 2 {
		r.s.wind()
	}
}

func Leak() {
	go twice()
}
