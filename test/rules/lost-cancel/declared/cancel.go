package declared

import (
	"context"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func declaration(parent context.Context, ready bool) error {
	var ctx, cancel = context.WithCancel(parent) // want "The return on line 15 is reached without `cancel`, the cancel function of `context.WithCancel`"
	if ready {
		defer cancel()
	}
	return work(ctx)
}

func assigned(parent context.Context, ready bool) error {
	var cancel context.CancelFunc
	parent, cancel = context.WithTimeout(parent, time.Second) // want "The return on line 24 is reached without `cancel`"
	if ready {
		defer cancel()
	}
	return work(parent)
}

func overwritten(parent context.Context, limit time.Duration) error {
	ctx, cancel := context.WithCancel(parent) // want "The assignment on line 30 overwrites `cancel`, the cancel function of `context.WithCancel`, before it is called"
	if limit > 0 {
		ctx, cancel = context.WithTimeout(parent, limit)
	}
	defer cancel()
	return work(ctx)
}

// either is quiet: it is called exactly where it is there.
func either(parent context.Context, limit time.Duration) error {
	ctx, cancel := parent, context.CancelFunc(nil)
	if limit > 0 {
		ctx, cancel = context.WithTimeout(parent, limit)
	}
	err := work(ctx)
	if cancel != nil {
		cancel()
	}
	return err
}

// noop is quiet: there is always something to call.
func noop(parent context.Context, limit time.Duration) error {
	cancel := func() {}
	if limit > 0 {
		parent, cancel = context.WithTimeout(parent, limit)
	}
	defer cancel()
	return work(parent)
}
