// Package watch makes values that keep the cancel function of their goroutines, and may fail afterwards.
package watch

import (
	"context"
	"sync"
	"time"
)

// poller loads something again and again until its context ends.
type poller struct {
	ctx    context.Context
	wg     *sync.WaitGroup
	loaded chan error
	load   func() error
}

func newPoller(ctx context.Context, wg *sync.WaitGroup, load func() error) *poller {
	return &poller{ctx: ctx, wg: wg, loaded: make(chan error, 1), load: load}
}

func (p *poller) start() {
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		p.loaded <- p.load()
		ticker := time.NewTicker(time.Minute)
		defer ticker.Stop()
		for {
			select {
			case <-p.ctx.Done():
				return
			case <-ticker.C:
				_ = p.load()
			}
		}
	}()
}

// Watcher keeps two things up to date until it is closed.
type Watcher struct {
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
}

func (w *Watcher) watch(load func() error) error {
	p := newPoller(w.ctx, &w.wg, load)
	p.start()
	return <-p.loaded
}

// Close ends the goroutines.
func (w *Watcher) Close() {
	w.cancel()
	w.wg.Wait()
}

// New leaves the goroutine of a watcher whose first value cannot be loaded.
func New(ctx context.Context, users, groups func() error) (*Watcher, error) {
	ctx, cancel := context.WithCancel(ctx)
	w := &Watcher{ctx: ctx, cancel: cancel}
	if err := w.watch(users); err != nil { // want "The goroutines of `w` leak when line 64 returns an error: `w.cancel` ends them, and nobody has `w` by then"
		return nil, err
	}
	if err := w.watch(groups); err != nil {
		return nil, err
	}
	return w, nil
}

// NewInField gives the value the cancel function at once.
func NewInField(ctx context.Context, users func() error) (*Watcher, error) {
	w := &Watcher{}
	w.ctx, w.cancel = context.WithCancel(ctx)
	err := w.watch(users) // want "The goroutines of `w` leak when line 78 returns an error"
	if err != nil {
		return nil, err
	}
	return w, nil
}

// NewCareful is quiet: it closes what it does not return.
func NewCareful(ctx context.Context, users, groups func() error) (*Watcher, error) {
	ctx, cancel := context.WithCancel(ctx)
	w := &Watcher{ctx: ctx, cancel: cancel}
	if err := w.watch(users); err != nil {
		w.Close()
		return nil, err
	}
	if err := w.watch(groups); err != nil {
		w.cancel()
		return nil, err
	}
	return w, nil
}

// NewDeferred is quiet: a deferred function cancels unless all went well.
func NewDeferred(ctx context.Context, users func() error) (_ *Watcher, err error) {
	ctx, cancel := context.WithCancel(ctx)
	w := &Watcher{ctx: ctx, cancel: cancel}
	defer func() {
		if err != nil {
			w.cancel()
		}
	}()
	if err := w.watch(users); err != nil {
		return nil, err
	}
	return w, nil
}

// NewKept is quiet: whoever has the list can close the watcher later.
func NewKept(ctx context.Context, all map[string]*Watcher, users func() error) (*Watcher, error) {
	ctx, cancel := context.WithCancel(ctx)
	w := &Watcher{ctx: ctx, cancel: cancel}
	all["users"] = w
	if err := w.watch(users); err != nil {
		return nil, err
	}
	return w, nil
}

// NewBare is quiet: nothing runs yet when it fails.
func NewBare(ctx context.Context, users func() error) (*Watcher, error) {
	ctx, cancel := context.WithCancel(ctx)
	w := &Watcher{ctx: ctx, cancel: cancel}
	if err := users(); err != nil {
		return nil, err
	}
	if err := w.watch(users); err != nil { // want "The goroutines of `w` leak when line 132 returns an error"
		return nil, err
	}
	return w, nil
}
