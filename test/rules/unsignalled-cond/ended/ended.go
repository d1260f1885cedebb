package ended

import (
	"context"
	"sync"
)

// Link obeys the context between its waits only.
type Link struct {
	mu   sync.Mutex
	cond *sync.Cond
	up   bool
}

func NewLink() *Link {
	l := &Link{}
	l.cond = sync.NewCond(&l.mu)
	return l
}

func (l *Link) Set(up bool) {
	l.mu.Lock()
	l.up = up
	l.cond.Broadcast()
	l.mu.Unlock()
}

func (l *Link) waitUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.up {
		l.cond.Wait() // want "If the context of `Start` ends meanwhile, `l.cond.Wait\(\)` does not wake"
	}
}

func (l *Link) Start(ctx context.Context, ping func()) {
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			default:
				l.waitUp()
				ping()
			}
		}
	}()
}

// Queue has a stop that its worker sees too late.
type Queue struct {
	mu      sync.Mutex
	more    *sync.Cond
	items   []string
	stopped bool
}

func NewQueue(handle func(string)) *Queue {
	q := &Queue{}
	q.more = sync.NewCond(&q.mu)
	go q.work(handle)
	return q
}

func (q *Queue) Put(item string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, item)
	q.more.Signal()
}

func (q *Queue) work(handle func(string)) {
	for {
		q.mu.Lock()
		for len(q.items) == 0 && !q.stopped {
			q.more.Wait() // want "If `Stop` is called meanwhile, `q.more.Wait\(\)` does not wake"
		}
		if q.stopped {
			q.mu.Unlock()
			return
		}
		item := q.items[0]
		q.items = q.items[1:]
		q.mu.Unlock()
		handle(item)
	}
}

func (q *Queue) Stop() {
	q.mu.Lock()
	q.stopped = true
	q.mu.Unlock()
}

// Flusher asks its context, but only when somebody writes.
type Flusher struct {
	mu    sync.Mutex
	dirty *sync.Cond
	bytes int
}

func NewFlusher() *Flusher {
	f := &Flusher{}
	f.dirty = sync.NewCond(&f.mu)
	return f
}

func (f *Flusher) Write(n int) {
	f.mu.Lock()
	f.bytes += n
	f.mu.Unlock()
	f.dirty.Signal()
}

func (f *Flusher) Run(ctx context.Context, flush func(int)) {
	go f.loop(ctx, flush)
}

func (f *Flusher) loop(ctx context.Context, flush func(int)) {
	for ctx.Err() == nil {
		f.mu.Lock()
		for f.bytes == 0 {
			f.dirty.Wait() // want "If the context of `Run` ends meanwhile, `f.dirty.Wait\(\)` does not wake"
		}
		n := f.bytes
		f.bytes = 0
		f.mu.Unlock()
		flush(n)
	}
}

// Woken wakes its worker when it stops.
type Woken struct {
	mu      sync.Mutex
	more    *sync.Cond
	items   []string
	stopped bool
}

func NewWoken(handle func(string)) *Woken {
	w := &Woken{}
	w.more = sync.NewCond(&w.mu)
	go w.work(handle)
	return w
}

func (w *Woken) Put(item string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.items = append(w.items, item)
	w.more.Signal()
}

func (w *Woken) work(handle func(string)) {
	for {
		w.mu.Lock()
		for len(w.items) == 0 && !w.stopped {
			w.more.Wait()
		}
		if w.stopped {
			w.mu.Unlock()
			return
		}
		item := w.items[0]
		w.items = w.items[1:]
		w.mu.Unlock()
		handle(item)
	}
}

func (w *Woken) Stop() {
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	w.more.Broadcast()
}

// Guarded has a goroutine that wakes the waiting one when the context ends.
type Guarded struct {
	mu   sync.Mutex
	cond *sync.Cond
	up   bool
}

func NewGuarded() *Guarded {
	g := &Guarded{}
	g.cond = sync.NewCond(&g.mu)
	return g
}

func (g *Guarded) Set(up bool) {
	g.mu.Lock()
	g.up = up
	g.mu.Unlock()
	g.cond.Broadcast()
}

func (g *Guarded) Start(ctx context.Context, ping func()) {
	go func() {
		<-ctx.Done()
		g.mu.Lock()
		defer g.mu.Unlock()
		g.cond.Broadcast()
	}()
	go func() {
		for {
			g.mu.Lock()
			for !g.up && ctx.Err() == nil {
				g.cond.Wait()
			}
			g.mu.Unlock()
			if ctx.Err() != nil {
				return
			}
			ping()
		}
	}()
}

// Turnstile lets its callers wait: when they are let in is their affair.
type Turnstile struct {
	mu   sync.Mutex
	cond *sync.Cond
	open bool
}

func NewTurnstile() *Turnstile {
	t := &Turnstile{}
	t.cond = sync.NewCond(&t.mu)
	return t
}

func (t *Turnstile) Wait() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for !t.open {
		t.cond.Wait()
	}
}

func (t *Turnstile) Open() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open = true
	t.cond.Broadcast()
}
