package sibling

import "context"

type task struct{ id int }

// Pool drains its queue to the end, so whoever sends is received.
type Pool struct {
	tasks chan task
	stop  chan struct{}
}

func NewPool() *Pool {
	return &Pool{tasks: make(chan task), stop: make(chan struct{})}
}

func (p *Pool) Run(do func(task)) {
	for t := range p.tasks {
		do(t)
	}
}

func (p *Pool) Try(t task) {
	select {
	case p.tasks <- t:
	case <-p.stop:
	}
}

func (p *Pool) Put(t task) {
	p.tasks <- t
}

func (p *Pool) Stop() { close(p.stop) }

// Mailbox has room for its one answer.
type Mailbox struct {
	ctx    context.Context
	answer chan int
}

func NewMailbox(ctx context.Context) *Mailbox {
	return &Mailbox{ctx: ctx, answer: make(chan int, 1)}
}

func (m *Mailbox) Wait() int {
	for {
		select {
		case n := <-m.answer:
			return n
		case <-m.ctx.Done():
			return 0
		}
	}
}

func (m *Mailbox) Offer(n int) {
	select {
	case m.answer <- n:
	case <-m.ctx.Done():
	}
}

func (m *Mailbox) Set(n int) {
	m.answer <- n
}
