package kernel

import "sync"

type greeting struct{}

type receiver interface {
	greet()
}

type model struct {
	on func()
}

func (m *model) greet() {
	if m.on != nil {
		m.on()
	}
}

type line struct {
	r      receiver
	in     chan any
	over   chan struct{}
	closed chan struct{}
	once   sync.Once
}

func (l *line) start() {
	go l.dispatch()
}

func (l *line) dispatch() {
	defer close(l.over)
	for {
		var message any
		select {
		case message = <-l.in:
		case <-l.closed:
			return
		}
		switch message.(type) {
		case *greeting:
			l.r.greet()
		default:
			return
		}
	}
}

// close may be called by the receiver, within the dispatcher.
func (l *line) close() {
	l.once.Do(func() {
		close(l.closed)
		<-l.over // leaks
	})
}

func Leak() {
	m := &model{}
	l := &line{r: m, in: make(chan any), over: make(chan struct{}), closed: make(chan struct{})}
	m.on = l.close
	l.start()
	l.in <- &greeting{}
	<-l.over // leaks
}
