package queue

import "context"

// Monitor has a queue between its callers and the loop that ends with its context.
type Monitor struct {
	ctx   context.Context
	peers chan int
	seen  int
}

func NewMonitor(ctx context.Context) *Monitor {
	m := &Monitor{ctx: ctx, peers: make(chan int, 10)}
	go m.run()
	return m
}

func (m *Monitor) run() {
	for {
		select {
		case <-m.peers:
			m.seen++
		case <-m.ctx.Done():
			return
		}
	}
}

func (m *Monitor) Connected(id int) {
	m.peers <- id // want "If `Connected` is called after the goroutine of `Monitor` has ended, `m.peers <- id` blocks forever"
}

// Reply is asked for once, and has room for the one answer.
type Reply struct {
	done   chan struct{}
	answer chan int
	got    int
}

func NewReply() *Reply {
	r := &Reply{done: make(chan struct{}), answer: make(chan int, 1)}
	go r.wait()
	return r
}

func (r *Reply) Close() { close(r.done) }

func (r *Reply) wait() {
	for {
		select {
		case r.got = <-r.answer:
		case <-r.done:
			return
		}
	}
}

func (r *Reply) Set(n int) {
	r.answer <- n
}

// Log counts its lines and makes room for all of them.
type Log struct {
	done  chan struct{}
	lines chan int
	sum   int
}

func NewLog() *Log {
	l := &Log{done: make(chan struct{}), lines: make(chan int, 100000)}
	go l.run()
	return l
}

func (l *Log) Close() { close(l.done) }

func (l *Log) run() {
	for {
		select {
		case n := <-l.lines:
			l.sum += n
		case <-l.done:
			return
		}
	}
}

func (l *Log) Add(n int) {
	l.lines <- n
}
