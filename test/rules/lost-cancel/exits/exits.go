package exits

import (
	"context"
	"errors"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func dropped(parent context.Context) error {
	ctx, _ := context.WithCancelCause(parent) // want "The cancel function of `context.WithCancelCause` is dropped, so the context and everything derived from it live"
	return work(ctx)
}

func early(parent context.Context, ready bool) error {
	ctx, cancel := context.WithTimeout(parent, time.Second) // want "The return on line 19 is reached without `cancel`, the cancel function of `context.WithTimeout`"
	if !ready {
		return errors.New("not ready")
	}
	defer cancel()
	return work(ctx)
}

// deferred is quiet.
func deferred(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	return work(ctx)
}

// branches is quiet: either branch takes care of it.
func branches(parent context.Context, later func(func())) error {
	ctx, cancel := context.WithCancel(parent)
	if later != nil {
		later(cancel)
	} else {
		defer cancel()
	}
	return work(ctx)
}

// handed is quiet: the caller cancels.
func handed(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	return ctx, cancel
}

type task struct {
	cancel context.CancelFunc
}

// kept is quiet: the task cancels.
func kept(parent context.Context) (*task, error) {
	ctx, cancel := context.WithCancel(parent)
	t := &task{cancel: cancel}
	return t, work(ctx)
}

// loops is quiet: each round cancels.
func loops(parent context.Context) error {
	for range 3 {
		ctx, cancel := context.WithCancel(parent)
		err := work(ctx)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}

// failing is quiet: the deferred literal cancels on failure, and the caller ends the rest.
func failing(parent context.Context) (ctx context.Context, err error) {
	derived, cancel := context.WithCancel(parent)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	return derived, work(derived)
}

// child is quiet: the end of its parent reaches it.
func child(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	ctx, _ = context.WithTimeout(ctx, time.Second)
	defer cancel(nil)
	return work(ctx)
}

// answered is quiet: the author told vet that the deadline is meant to end it.
func answered(parent context.Context) <-chan error {
	//nolint:govet // outlives this function, the deadline ends it
	ctx, _ := context.WithTimeout(parent, time.Second)
	result := make(chan error, 1)
	go func() { result <- work(ctx) }()
	return result
}
