// Package resolver looks names up and hands the results to whoever asks for the next one.
package resolver

import "context"

type Resolver struct {
	results chan string
	lookup  func(string) string
	open    bool
}

func New(lookup func(string) string) *Resolver {
	return &Resolver{results: make(chan string), lookup: lookup, open: true}
}

// Enqueue returns at once.
func (r *Resolver) Enqueue(name string) {
	go func() {
		r.results <- r.lookup(name) // want "If `Down` is called meanwhile, `r.results <- r.lookup\(name\)` blocks forever"
	}()
}

// Next waits for a result.
func (r *Resolver) Next() string {
	return <-r.results
}

func (r *Resolver) Down() { r.open = false }

// Gentle does the same, and its goroutines end with its context.
type Gentle struct {
	results chan string
	ctx     context.Context
	cancel  context.CancelFunc
}

func NewGentle() *Gentle {
	ctx, cancel := context.WithCancel(context.Background())
	return &Gentle{results: make(chan string), ctx: ctx, cancel: cancel}
}

func (g *Gentle) Enqueue(name string) {
	go func() {
		select {
		case g.results <- name:
		case <-g.ctx.Done():
		}
	}()
}

func (g *Gentle) Next() string {
	return <-g.results
}

func (g *Gentle) Down() { g.cancel() }

// Drained takes what is left when it is stopped.
type Drained struct {
	results chan string
	pending int
}

func NewDrained() *Drained { return &Drained{results: make(chan string)} }

func (d *Drained) Enqueue(name string) {
	d.pending++
	go func() { d.results <- name }()
}

func (d *Drained) Next() string { return <-d.results }

func (d *Drained) Close() {
	for range d.pending {
		<-d.results
	}
}
