package kernel

import (
	"context"
	"time"
)

type trunk struct {
	ctx    context.Context
	cancel context.CancelFunc
	lines  []*line
}

type line struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (t *trunk) hang() {
	t.cancel()
}

func (t *trunk) connect() {
	l := &line{}
	l.ctx, l.cancel = context.WithCancel(t.ctx)
	l.reset()
}

func (l *line) reset() {
	_, cancel := context.WithTimeout(l.ctx, 10*time.Nanosecond)
	cancel()
	<-l.ctx.Done() // leaks
	l.cancel()
}

// call dials; who gives up meanwhile gets nothing.
func call(ctx context.Context) (t *trunk) {
	made := &trunk{}
	made.ctx, made.cancel = context.WithCancel(context.Background())
	defer func() {
		select {
		case <-ctx.Done():
			if t != nil {
				t.hang()
			}
			t = nil
		default:
		}
	}()
	go func() {
		made.connect()
	}()
	return t
}

func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	go call(ctx)
	go cancel()
}
