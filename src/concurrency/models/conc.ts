/** Groups and pools of github.com/sourcegraph/conc: https://pkg.go.dev/github.com/sourcegraph/conc */
export const concSource = `package conc

import "sync"

type WaitGroup struct {
	wg sync.WaitGroup
}

func NewWaitGroup() *WaitGroup { return &WaitGroup{} }

func (h *WaitGroup) Go(f func()) {
	h.wg.Add(1)
	go func() {
		defer h.wg.Done()
		f()
	}()
}

func (h *WaitGroup) Wait() { h.wg.Wait() }
`;

export const concPoolSource = `package pool

import (
	"context"
	"sync"
)

type Pool struct {
	wg    sync.WaitGroup
	slots chan struct{}
}

func New() *Pool { return &Pool{} }

func (p *Pool) WithMaxGoroutines(n int) *Pool {
	p.slots = make(chan struct{}, n)
	return p
}

func (p *Pool) WithErrors() *ErrorPool { return &ErrorPool{pool: p} }

func (p *Pool) WithContext(ctx context.Context) *ContextPool {
	ctx, cancel := context.WithCancel(ctx)
	return &ContextPool{pool: p, ctx: ctx, cancel: cancel}
}

func (p *Pool) Go(f func()) {
	if p.slots != nil {
		p.slots <- struct{}{}
	}
	p.wg.Add(1)
	go func() {
		defer p.leave()
		f()
	}()
}

func (p *Pool) leave() {
	if p.slots != nil {
		<-p.slots
	}
	p.wg.Done()
}

func (p *Pool) Wait() { p.wg.Wait() }

type ErrorPool struct {
	pool *Pool
	err  error
}

func (p *ErrorPool) WithMaxGoroutines(n int) *ErrorPool {
	p.pool.WithMaxGoroutines(n)
	return p
}

func (p *ErrorPool) WithFirstError() *ErrorPool { return p }

func (p *ErrorPool) WithContext(ctx context.Context) *ContextPool { return p.pool.WithContext(ctx) }

func (p *ErrorPool) Go(f func() error) {
	p.pool.Go(func() {
		if err := f(); err != nil {
			p.err = err
		}
	})
}

func (p *ErrorPool) Wait() error {
	p.pool.Wait()
	return p.err
}

type ContextPool struct {
	pool   *Pool
	ctx    context.Context
	cancel context.CancelFunc
	stops  bool
	err    error
}

func (p *ContextPool) WithMaxGoroutines(n int) *ContextPool {
	p.pool.WithMaxGoroutines(n)
	return p
}

func (p *ContextPool) WithFirstError() *ContextPool { return p }

func (p *ContextPool) WithCancelOnError() *ContextPool {
	p.stops = true
	return p
}

func (p *ContextPool) WithFailFast() *ContextPool {
	p.stops = true
	return p
}

func (p *ContextPool) Go(f func(ctx context.Context) error) {
	p.pool.Go(func() {
		if err := f(p.ctx); err != nil {
			p.err = err
			if p.stops {
				p.cancel()
			}
		}
	})
}

func (p *ContextPool) Wait() error {
	p.pool.Wait()
	p.cancel()
	return p.err
}
`;
