// Package alarms has code that other linters report although the cancel function is called.
package alarms

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

// returned is quiet: the caller shuts down with it.
func returned(parent context.Context) (context.Context, func()) {
	ctx, cancelFunc := context.WithCancel(parent)
	shutdown := func() {
		cancelFunc()
		fmt.Println("stopped")
	}
	return ctx, shutdown
}

// inGoroutine is quiet: a goroutine calls it.
func inGoroutine(parent context.Context, done <-chan struct{}) error {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		<-done
		cancel()
	}()
	return work(ctx)
}

type service struct {
	Cancel func()
	cancel context.CancelFunc
	ctx    context.Context
}

// literal is quiet: a field of the result has it.
func literal() service {
	_, cancel := context.WithCancel(context.Background())
	s := service{Cancel: cancel}
	return s
}

// assigned is quiet: a field has it.
func assigned(parent context.Context) {
	s := service{}
	_, cancel := context.WithCancel(parent)
	s.cancel = cancel
	defer func() { s.cancel() }()
}

// straightToField is quiet: a method calls it.
func (s *service) straightToField(parent context.Context) {
	s.ctx, s.cancel = context.WithCancel(parent)
}

func (s *service) stop() { s.cancel() }

var (
	background context.Context
	stop       context.CancelFunc
)

func init() {
	background, stop = context.WithCancel(context.Background())
}

// Stop is quiet: it calls what init has set.
func Stop() { stop() }

// job is quiet: the goroutine of the job calls the field.
func job(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	s := &service{ctx: ctx, cancel: cancel}
	go func(s *service) {
		defer s.cancel()
		_ = work(s.ctx)
	}(s)
}

// appended is quiet: a list of what has to be undone has it.
func appended(parent context.Context) error {
	var undo []func()
	defer func() {
		for _, fn := range undo {
			fn()
		}
	}()
	ctx, cancel := context.WithTimeout(parent, time.Second)
	undo = append(undo, cancel)
	return work(ctx)
}

// once is quiet: whoever is first calls it.
func once(parent context.Context, fired <-chan struct{}) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	end := sync.OnceFunc(cancel)
	go func() {
		<-fired
		end()
	}()
	return ctx, end
}

// mapped is quiet: the map has it.
func (m *many) mapped(parent context.Context, key string) context.Context {
	ctx, cancel := context.WithCancel(parent)
	m.running[key] = cancel
	return ctx
}

type many struct{ running map[string]context.CancelFunc }

// rearmed is quiet: each one is called before the next comes.
func rearmed(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer func() { cancel() }()
	for range 3 {
		if err := work(ctx); err != nil {
			return err
		}
		cancel()
		ctx, cancel = context.WithTimeout(parent, time.Second)
	}
	return nil
}

// early shows that the package is looked at.
func early(parent context.Context, ready bool) error {
	ctx, cancel := context.WithCancel(parent) // want "The return on line 134 is reached without `cancel`"
	if !ready {
		return nil
	}
	defer cancel()
	return work(ctx)
}
