package batches

import (
	"context"
	"io"
)

type batch struct {
	lines []string
	err   error
}

// Batches reads ahead, for as long as somebody calls Next.
type Batches struct {
	next chan batch
	read func() ([]string, bool)
}

func New(read func() ([]string, bool)) *Batches {
	return &Batches{next: make(chan batch), read: read}
}

func (b *Batches) Start(ctx context.Context) { go b.loop(ctx) }

func (b *Batches) loop(ctx context.Context) {
	defer close(b.next)
	for {
		lines, ok := b.read()
		if !ok {
			b.next <- batch{err: io.EOF} // want "If nobody calls `Next` after `ctx.Done\(\)` is ready"
			return
		}
		select {
		case <-ctx.Done():
			b.next <- batch{err: ctx.Err()} // want "If nobody calls `Next` after `ctx.Done\(\)` is ready, `b.next <- batch\{err: ctx.Err\(\)\}` blocks forever"
			return
		case b.next <- batch{lines: lines}:
		}
	}
}

func (b *Batches) Next() ([]string, error) {
	one := <-b.next
	return one.lines, one.err
}

// Pipeline takes what is left when it is closed.
type Pipeline struct {
	files chan string
	errs  chan error
	done  chan struct{}
	make  func() (string, error)
}

func NewPipeline(make_ func() (string, error)) *Pipeline {
	p := &Pipeline{files: make(chan string), errs: make(chan error), done: make(chan struct{}), make: make_}
	go p.run()
	return p
}

func (p *Pipeline) run() {
	defer close(p.errs)
	for {
		file, err := p.make()
		if err != nil {
			p.errs <- err
			return
		}
		select {
		case p.files <- file:
		case <-p.done:
			return
		}
	}
}

func (p *Pipeline) Open() (string, error) {
	select {
	case file := <-p.files:
		return file, nil
	case err := <-p.errs:
		return "", err
	}
}

func (p *Pipeline) Close() error {
	close(p.done)
	return <-p.errs
}

type question struct{ answer chan int }

// Oracle answers who waits.
type Oracle struct {
	questions chan question
	quit      chan struct{}
}

func NewOracle() *Oracle {
	o := &Oracle{questions: make(chan question), quit: make(chan struct{})}
	go o.loop()
	return o
}

func (o *Oracle) loop() {
	for n := 0; ; n++ {
		select {
		case q := <-o.questions:
			q.answer <- n
		case <-o.quit:
			return
		}
	}
}

func (o *Oracle) Ask() int {
	q := question{answer: make(chan int)}
	select {
	case o.questions <- q:
		return <-q.answer
	case <-o.quit:
		return 0
	}
}

func (o *Oracle) Stop() { close(o.quit) }

// Job has room for its one result.
type Job struct{ result chan int }

func NewJob(ctx context.Context, work func() int) *Job {
	j := &Job{result: make(chan int, 1)}
	go func() {
		select {
		case <-ctx.Done():
			return
		default:
		}
		j.result <- work()
	}()
	return j
}

func (j *Job) Result() int { return <-j.result }
