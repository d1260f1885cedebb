package callback

import "sync"

type store struct {
	mu      sync.Mutex
	changed func()
	writes  int
}

func (s *store) record() {
	s.mu.Lock() // want "`s.mu.Lock\(\)` blocks forever: this goroutine already holds the lock"
	defer s.mu.Unlock()
	s.writes++
}

// touch tells who listens while it holds the lock.
func (s *store) touch() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changed()
}

// touchFreely lets go of the lock first.
func (s *store) touchFreely() {
	s.mu.Lock()
	changed := s.changed
	s.mu.Unlock()
	changed()
}

func listen() {
	s := &store{}
	s.changed = func() {
		s.record()
	}
	s.touchFreely()
	s.touch()
}

// Leak comes back to the lock by way of the listener.
func Leak() {
	listen()
}
