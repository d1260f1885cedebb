package kernel

import "sync"

type chooser interface {
	changes() <-chan bool
}

type circle struct {
	found chan bool
}

func (c *circle) changes() <-chan bool {
	return c.found
}

type line struct {
	mu sync.Mutex
}

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
}

type exchange struct {
	c     chooser
	lines []*line
}

func (e *exchange) watch(done chan bool) {
	for range e.c.changes() {
		for _, l := range e.lines {
			l.cut()
		}
	}
}

func dial(c *circle) {
	e := &exchange{c: c}
	ready := make(chan error, 1)
	go func() {
		defer close(ready)
		if e.c.changes() != nil {
			done := make(chan bool)
			go e.watch(done)
			<-done // leaks
		}
	}()
	close(c.found)
}

func Leak() {
	go dial(&circle{found: make(chan bool)})
}
