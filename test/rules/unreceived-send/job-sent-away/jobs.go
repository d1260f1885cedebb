package jobs

import (
	"context"
	"errors"
	"time"
)

var errLate = errors.New("too late")

// Pool runs functions on workers of its own.
type Pool struct {
	jobs chan func()
}

func (p *Pool) work() {
	for job := range p.jobs {
		job()
	}
}

// Ask may leave before its job is done.
func (p *Pool) Ask(ctx context.Context, f func() int) (int, error) {
	answer := make(chan int)
	job := func() {
		answer <- f() // want "If the code that receives the function calls it after `.*Ask` has returned"
	}
	select {
	case p.jobs <- job:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case n := <-answer:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type task struct {
	name string
	run  func(context.Context) error
}

// Bulkhead sends its job in a struct.
type Bulkhead struct {
	queue chan<- task
	most  time.Duration
}

func (b *Bulkhead) Run(name string, run func(context.Context) error) error {
	ended := make(chan error)
	b.queue <- task{name: name, run: func(ctx context.Context) error {
		err := run(ctx)
		ended <- err // want "If the code that receives the function calls it after `.*Run` has returned"
		return err
	}}
	select {
	case err := <-ended:
		return err
	case <-time.After(b.most):
		return errLate
	}
}

// Post gives its job to an executor and returns at the first failure of its own.
func Post(executor chan<- func(), check func() error, read func() string) (string, error) {
	text := make(chan string)
	executor <- func() {
		text <- read() // want "If the code that receives the function calls it after `Post` has returned"
	}
	if err := check(); err != nil {
		return "", err
	}
	return <-text, nil
}

// Roomy has a buffer for the answer.
func (p *Pool) Roomy(ctx context.Context, f func() int) (int, error) {
	answer := make(chan int, 1)
	select {
	case p.jobs <- func() { answer <- f() }:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case n := <-answer:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Patient waits for its answer, however long.
func (p *Pool) Patient(f func() int) int {
	answer := make(chan int)
	p.jobs <- func() { answer <- f() }
	return <-answer
}

// Obeying gives up alongside the send.
func (p *Pool) Obeying(ctx context.Context, f func() int) (int, error) {
	answer := make(chan int)
	p.jobs <- func() {
		select {
		case answer <- f():
		case <-ctx.Done():
		}
	}
	select {
	case n := <-answer:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Signalled only closes.
func (p *Pool) Signalled(ctx context.Context, f func()) error {
	done := make(chan struct{})
	p.jobs <- func() {
		defer close(done)
		f()
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
