// Package progress shows how far something has come. Its users run the loop themselves.
package progress

import (
	"context"
	"time"
)

// Progress counts what is told to it.
type Progress struct {
	total    chan int
	failed   chan struct{}
	finished chan struct{}
	show     func(done, errors int)
}

func New(show func(done, errors int)) *Progress {
	return &Progress{total: make(chan int), failed: make(chan struct{}), finished: make(chan struct{}), show: show}
}

// Run is to be called in a goroutine of its own.
func (p *Progress) Run(ctx context.Context) error {
	var done, errors int
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-p.finished:
			return nil
		case n := <-p.total:
			done += n
		case <-p.failed:
			errors++
		case <-ticker.C:
			p.show(done, errors)
		}
	}
}

func (p *Progress) Done(n int) {
	p.total <- n // want "If the context of `Run` ends meanwhile, `p.total <- n` blocks forever"
}

func (p *Progress) Fail() {
	p.failed <- struct{}{} // want "If the context of `Run` ends meanwhile"
}

// Careful closes a channel where it ends.
type Careful struct {
	total chan int
	ended chan struct{}
	show  func(done int)
}

func NewCareful(show func(done int)) *Careful {
	return &Careful{total: make(chan int), ended: make(chan struct{}), show: show}
}

func (c *Careful) Run(ctx context.Context) error {
	defer close(c.ended)
	var done int
	for {
		select {
		case <-ctx.Done():
			return nil
		case n := <-c.total:
			done += n
			c.show(done)
		}
	}
}

// Done is quiet: it also waits for the end of the loop.
func (c *Careful) Done(n int) {
	select {
	case c.total <- n:
	case <-c.ended:
	}
}
