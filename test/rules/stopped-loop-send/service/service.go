package service

import "time"

type Store struct {
	puts chan string
	stop chan struct{}
}

func New() *Store {
	s := &Store{puts: make(chan string), stop: make(chan struct{})}
	go s.run()
	return s
}

func (s *Store) run() {
	for {
		select {
		case <-s.puts:
		case <-s.stop:
			return
		}
	}
}

func (s *Store) Put(key string) {
	s.puts <- key // want "`s.puts <- key` blocks forever once .* returns on line 21"
}

func (s *Store) TryPut(key string) bool {
	select {
	case s.puts <- key:
		return true
	case <-s.stop:
		return false
	}
}

func (s *Store) Close() {
	close(s.stop)
}

// Leak puts after the store was closed.
func Leak() {
	s := New()
	s.Close()
	time.Sleep(time.Millisecond)
	s.Put("a")
}
