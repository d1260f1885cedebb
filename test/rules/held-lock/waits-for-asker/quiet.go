package waits

import (
	"sync"
	"time"
)

// The lock is released before the wait.
type Gauge struct {
	mu         sync.Mutex
	stop, done chan struct{}
	ticks      int
}

func NewGauge() *Gauge {
	g := &Gauge{stop: make(chan struct{}), done: make(chan struct{})}
	go g.loop()
	return g
}

func (g *Gauge) loop() {
	defer close(g.done)
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-g.stop:
			return
		case <-ticker.C:
			g.mu.Lock()
			g.ticks++
			g.mu.Unlock()
		}
	}
}

func (g *Gauge) Close() {
	g.mu.Lock()
	g.ticks = 0
	g.mu.Unlock()
	close(g.stop)
	<-g.done
}

// The loop takes another lock than the one that is held.
type Clock struct {
	life, mu   sync.Mutex
	stop, done chan struct{}
	ticks      int
}

func NewClock() *Clock {
	c := &Clock{stop: make(chan struct{}), done: make(chan struct{})}
	go c.loop()
	return c
}

func (c *Clock) loop() {
	defer close(c.done)
	for {
		select {
		case <-c.stop:
			return
		case <-time.After(time.Second):
			c.mu.Lock()
			c.ticks++
			c.mu.Unlock()
		}
	}
}

func (c *Clock) Close() {
	c.life.Lock()
	defer c.life.Unlock()
	close(c.stop)
	<-c.done
}

// The goroutine tells that it is done before it asks for the lock.
type Once struct {
	mu    sync.Mutex
	ready chan struct{}
	state int
}

func NewOnce() *Once {
	o := &Once{ready: make(chan struct{})}
	go o.prepare()
	return o
}

func (o *Once) prepare() {
	close(o.ready)
	o.mu.Lock()
	o.state = 1
	o.mu.Unlock()
}

func (o *Once) State() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	<-o.ready
	return o.state
}

// Who waits may also be told to give up.
type Store struct {
	mu   sync.Mutex
	puts chan int
	quit chan struct{}
	sum  int
}

func NewStore() *Store {
	s := &Store{puts: make(chan int), quit: make(chan struct{})}
	go s.run()
	return s
}

func (s *Store) run() {
	for {
		select {
		case n := <-s.puts:
			s.add(n)
		case <-s.quit:
			return
		}
	}
}

func (s *Store) add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sum += n
}

func (s *Store) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.puts <- n:
	case <-s.quit:
	}
}

func (s *Store) Close() { close(s.quit) }
