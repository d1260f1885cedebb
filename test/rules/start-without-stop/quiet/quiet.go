// Package quiet holds types whose goroutines end, or of which nobody says that they end.
package quiet

import (
	"net"
	"sync"
	"time"
)

// Listener's loop ends when Close closes what it accepts from.
type Listener struct {
	l net.Listener
}

func (s *Listener) Start(handle func(net.Conn)) {
	go func() {
		for {
			conn, err := s.l.Accept()
			if err != nil {
				return
			}
			handle(conn)
		}
	}()
}

func (s *Listener) Close() error { return s.l.Close() }

// Clock has no stop method: it lives as long as the process.
type Clock struct {
	now time.Time
}

func (c *Clock) Run() {
	go func() {
		for range time.Tick(time.Second) {
			c.now = time.Now()
		}
	}()
}

// Cache starts its sweeper once for the process.
type Cache struct {
	m map[string]int
}

var sweep sync.Once

func (c *Cache) Open() {
	sweep.Do(func() {
		go func() {
			for {
				time.Sleep(time.Hour)
			}
		}()
	})
}

func (c *Cache) Close() { clear(c.m) }

// Handed hands its channel out: somebody else may close it.
type Handed struct {
	in chan int
	n  int
}

func NewHanded() *Handed {
	h := &Handed{in: make(chan int)}
	go func() {
		for range h.in {
			h.n++
		}
	}()
	return h
}

func (h *Handed) In() chan<- int { return h.in }

func (h *Handed) Stop() {}
