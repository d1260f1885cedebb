package loop

import (
	"context"
	"errors"
	"time"
)

type task struct {
	run  func()
	done chan struct{}
}

// loop is a context itself: it has ended when it is closed.
type loop struct {
	tasks chan task
	end   chan struct{}
}

func newLoop() *loop {
	l := &loop{tasks: make(chan task), end: make(chan struct{})}
	go l.serve()
	return l
}

func (l *loop) serve() {
	for {
		select {
		case <-l.end:
			return
		case t := <-l.tasks:
			t.run()
			close(t.done)
		}
	}
}

func (l *loop) Close() { close(l.end) }

func (l *loop) Done() <-chan struct{} { return l.end }

func (l *loop) Err() error {
	select {
	case <-l.end:
		return errors.New("closed")
	default:
		return nil
	}
}

func (l *loop) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }

func (l *loop) Value(any) any { return nil }

func (l *loop) do(ctx context.Context, run func()) error {
	done := make(chan struct{})
	select {
	case <-ctx.Done():
		return ctx.Err()
	case l.tasks <- task{run, done}:
		<-done
		return nil
	}
}

type agent struct {
	loop *loop
	name string
}

func (a *agent) Name() (name string, err error) {
	set := make(chan struct{})
	if err = a.loop.do(a.loop, func() {
		name = a.name
		close(set)
	}); err != nil {
		return "", err
	}
	<-set
	return name, nil
}
