// Package runner runs functions one after the other until a flag says stop.
package runner

import (
	"sync"
	"sync/atomic"
	"time"
)

// Runner looks at its flag after each function; nothing comes after the stop.
type Runner struct {
	jobs chan func()
	over atomic.Bool
}

func New() *Runner {
	r := &Runner{jobs: make(chan func(), 16)}
	go r.loop() // want "`Runner` starts `r.loop`, which checks `Runner.over` only after a receive from `Runner.jobs`; `Stop` cannot end it"
	return r
}

func (r *Runner) loop() {
	for job := range r.jobs {
		if r.over.Load() {
			return
		}
		job()
	}
}

func (r *Runner) Add(job func()) bool {
	if r.over.Load() {
		return false
	}
	r.jobs <- job
	return true
}

func (r *Runner) Stop() { r.over.Store(true) }

// Leak stops a runner without work.
func Leak() {
	New().Stop()
	time.Sleep(time.Millisecond)
}

// Guarded asks a method for its flag.
type Guarded struct {
	mu     sync.Mutex
	closed bool
	in     chan int
	out    chan int
	sum    int
}

func NewGuarded() *Guarded {
	g := &Guarded{in: make(chan int), out: make(chan int)}
	go g.loop() // want "checks `Guarded.closed` only after a receive from `Guarded.in` or `Guarded.out`; `Close` cannot end it"
	return g
}

func (g *Guarded) isClosed() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.closed
}

func (g *Guarded) loop() {
	for !g.isClosed() {
		select {
		case n := <-g.in:
			g.sum += n
		case n := <-g.out:
			g.sum -= n
		}
	}
}

func (g *Guarded) Put(n int)  { g.in <- n }
func (g *Guarded) Take(n int) { g.out <- n }

func (g *Guarded) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
}

// Woken is quiet: Stop wakes the loop.
type Woken struct {
	jobs chan func()
	over atomic.Bool
}

func NewWoken() *Woken {
	w := &Woken{jobs: make(chan func(), 16)}
	go w.loop()
	return w
}

func (w *Woken) loop() {
	for job := range w.jobs {
		if w.over.Load() {
			return
		}
		job()
	}
}

func (w *Woken) Stop() {
	w.over.Store(true)
	w.jobs <- func() {}
}

// Ticked is quiet: a goroutine of its own sends in any case.
type Ticked struct {
	ticks chan time.Time
	over  atomic.Bool
}

func NewTicked() *Ticked {
	t := &Ticked{ticks: make(chan time.Time)}
	go t.loop()
	go func() {
		for !t.over.Load() {
			time.Sleep(time.Second)
			t.ticks <- time.Now()
		}
	}()
	return t
}

func (t *Ticked) loop() {
	for {
		<-t.ticks
		if t.over.Load() {
			return
		}
	}
}

func (t *Ticked) Stop() { t.over.Store(true) }

// Valued is quiet: what it receives ends the loop, not what Close sets.
type Valued struct {
	in   chan int
	open bool
}

func NewValued() *Valued {
	v := &Valued{in: make(chan int), open: true}
	go func() {
		for n := range v.in {
			if n < 0 {
				return
			}
		}
	}()
	return v
}

func (v *Valued) Put(n int) { v.in <- n }
func (v *Valued) Close()    { v.open = false }
