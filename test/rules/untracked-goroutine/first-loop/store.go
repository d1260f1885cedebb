// Package store sweeps old entries in a loop that is to run once.
package store

import (
	"sync"
	"time"
)

type Store struct {
	once sync.Once
	quit chan struct{}
	rows map[string]time.Time
}

func New() *Store { return &Store{quit: make(chan struct{}), rows: map[string]time.Time{}} }

// Touch starts a goroutine that only the first time does something.
func (s *Store) Touch(key string) {
	s.rows[key] = time.Now()
	go s.sweep() // want "`s.sweep` is started by each call to `Touch` and nobody waits for it, while `s.once.Do` waits for the loop of the first one to end"
}

func (s *Store) sweep() {
	s.once.Do(func() {
		tick := time.Tick(time.Hour)
		for {
			select {
			case now := <-tick:
				println(now.String())
			case <-s.quit:
				return
			}
		}
	})
}

func (s *Store) Close() { close(s.quit) }

// Sweeper is quiet: the first call starts the goroutine, the others return.
type Sweeper struct {
	once sync.Once
	quit chan struct{}
}

func NewSweeper() *Sweeper { return &Sweeper{quit: make(chan struct{})} }

func (s *Sweeper) Touch() {
	s.once.Do(func() { go s.loop() })
}

func (s *Sweeper) loop() {
	for {
		select {
		case <-time.After(time.Hour):
		case <-s.quit:
			return
		}
	}
}

func (s *Sweeper) Close() { close(s.quit) }

// Loader is quiet: what runs once comes to an end.
type Loader struct {
	once sync.Once
	rows []string
}

func (l *Loader) Warm(rows []string) {
	go l.load(rows)
}

func (l *Loader) load(rows []string) {
	l.once.Do(func() { l.rows = append(l.rows, rows...) })
}
