package kernel

import "sync"

type stream struct{}

type session struct {
	mu      sync.Mutex
	wake    chan struct{}
	streams []*stream
}

func (s *session) keepAlive() {
	s.mu.Lock()
	if len(s.streams) > 0 {
		s.mu.Unlock()
		return
	}
	<-s.wake // leaks
	s.mu.Unlock()
}

func (s *session) open() {
	s.mu.Lock() // leaks
	defer s.mu.Unlock()
	s.streams = append(s.streams, &stream{})
	if len(s.streams) == 1 {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
}

func Leak() {
	s := &session{wake: make(chan struct{})}
	go s.keepAlive()
	go s.open()
}
