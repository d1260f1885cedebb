package printer

import "sync"

type Event struct {
	ID   string
	Exit bool
}

// Printer is run by its caller, and returns after the last exit.
type Printer struct {
	mu      sync.Mutex
	queue   chan Event
	stopped bool
}

func NewPrinter() *Printer {
	return &Printer{queue: make(chan Event)}
}

func (p *Printer) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.stopped {
		p.stopped = true
		close(p.queue)
	}
}

func (p *Printer) HandleEvent(e Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stopped {
		return
	}
	p.queue <- e // want "^If `HandleEvent` is called after `Run` has returned, `p.queue <- e` blocks forever"
}

func (p *Printer) Run() int {
	seen := map[string]struct{}{}
	for e := range p.queue {
		if e.Exit {
			delete(seen, e.ID)
		} else {
			seen[e.ID] = struct{}{}
		}
		if len(seen) == 0 {
			return 0
		}
	}
	return 1
}

// Lasting returns only when it is stopped.
type Lasting struct {
	queue chan Event
}

func NewLasting() *Lasting {
	return &Lasting{queue: make(chan Event)}
}

func (l *Lasting) HandleEvent(e Event) {
	l.queue <- e
}

func (l *Lasting) Run(print func(Event)) {
	for e := range l.queue {
		print(e)
	}
}

// Told says that it has returned.
type Told struct {
	queue chan Event
	done  chan struct{}
}

func NewTold() *Told {
	return &Told{queue: make(chan Event), done: make(chan struct{})}
}

func (t *Told) HandleEvent(e Event) {
	select {
	case t.queue <- e:
	case <-t.done:
	}
}

func (t *Told) Run() {
	defer close(t.done)
	for e := range t.queue {
		if e.Exit {
			return
		}
	}
}
