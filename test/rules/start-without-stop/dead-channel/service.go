package service

import "time"

// Service has a quit channel that nobody closes.
type Service struct {
	quit   chan struct{}
	closed bool
}

func New() *Service {
	return &Service{quit: make(chan struct{})}
}

func (s *Service) Start(work func()) {
	go func() { // want "only leaves its loop through `s.quit`, on which nobody sends and which nobody closes"
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-s.quit:
				return
			case <-ticker.C:
				work()
			}
		}
	}()
}

func (s *Service) Shutdown() { s.closed = true }
