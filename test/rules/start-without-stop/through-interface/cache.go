package cache

import (
	"context"
	"sync"
	"time"
)

type Cache interface {
	Get(key string) string
	Close() error
	clean()
}

// memory is never told to end.
type memory struct {
	mu    sync.Mutex
	items map[string]string
}

func New() Cache {
	var c Cache = &memory{items: map[string]string{}}
	go c.clean() // want "`memory` starts `c.clean`, which loops with no way out; `Close` cannot end it"
	return c
}

func (m *memory) clean() {
	for {
		time.Sleep(time.Minute)
		m.mu.Lock()
		m.items = map[string]string{}
		m.mu.Unlock()
	}
}

func (m *memory) Get(key string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.items[key]
}

func (m *memory) Close() error { return nil }

type runner interface {
	loop()
	Stop()
}

type poller struct{ quit chan struct{} }

// NewRunner gives back what its Stop ends.
func NewRunner() runner {
	var r runner = &poller{quit: make(chan struct{})}
	go r.loop()
	return r
}

func (p *poller) loop() {
	for {
		select {
		case <-time.After(time.Second):
		case <-p.quit:
			return
		}
	}
}

func (p *poller) Stop() { close(p.quit) }

var packageCtx, stopAll = context.WithCancel(context.Background())

func Shutdown() { stopAll() }

// Session waits for the end of the whole package.
type Session struct {
	out  chan []byte
	done chan struct{}
}

func Open() *Session {
	s := &Session{out: make(chan []byte), done: make(chan struct{})}
	go s.write() // want "`Session` starts `s.write`, which only ends with `packageCtx`, a context of the whole package; `Close` cannot end it"
	return s
}

func (s *Session) write() {
	for {
		select {
		case b := <-s.out:
			_ = b
		case <-packageCtx.Done():
			return
		}
	}
}

func (s *Session) Send(b []byte) {
	select {
	case s.out <- b:
	case <-s.done:
	}
}

func (s *Session) Close() { close(s.done) }

// Stream waits for its own end as well.
type Stream struct {
	out  chan []byte
	done chan struct{}
}

func OpenStream() *Stream {
	s := &Stream{out: make(chan []byte), done: make(chan struct{})}
	go s.write()
	return s
}

func (s *Stream) write() {
	for {
		select {
		case b := <-s.out:
			_ = b
		case <-packageCtx.Done():
			return
		case <-s.done:
			return
		}
	}
}

func (s *Stream) Close() { close(s.done) }
