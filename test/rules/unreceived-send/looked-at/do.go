package looked

import (
	"context"
	"fmt"

	"example.com/metrics"
	"example.com/queue"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

// Op is logged together with its channel: whoever prints it does not receive from it.
type Op struct {
	Name string
	done chan int
}

func (o *Op) run() { o.done <- len(o.Name) } // want "after `Measured` returns"

func Logged(ctx context.Context, log *zap.Logger, name string) (int, error) {
	op := &Op{Name: name, done: make(chan int)}
	log.Info("op", zap.Any("op", op))
	go func() { op.done <- len(op.Name) }() // want "after `Logged` returns"
	select {
	case n := <-op.done:
		return n, nil
	case <-ctx.Done():
		return 0, fmt.Errorf("op %v: %w", op, ctx.Err())
	}
}

func WithFields(ctx context.Context, name string) int {
	op := &Op{Name: name, done: make(chan int)}
	logrus.WithField("op", op).Info("start")
	go func() { op.done <- len(op.Name) }() // want "after `WithFields` returns"
	select {
	case n := <-op.done:
		return n
	case <-ctx.Done():
		return 0
	}
}

func Measured(ctx context.Context, name string) int {
	op := &Op{Name: name, done: make(chan int)}
	metrics.Record("op", op)
	go op.run()
	select {
	case n := <-op.done:
		return n
	case <-ctx.Done():
		return 0
	}
}

type logger interface{ Debugf(format string, args ...any) }

type Server struct{ log logger }

func (s *Server) Do(ctx context.Context, name string) int {
	op := &Op{Name: name, done: make(chan int)}
	s.log.Debugf("starting %v", op)
	go func() { op.done <- len(op.Name) }() // want "after `Do` returns"
	select {
	case n := <-op.done:
		return n
	case <-ctx.Done():
		return 0
	}
}

// Kept is given to a queue, whose owner may well receive.
func Kept(ctx context.Context, name string) int {
	op := &Op{Name: name, done: make(chan int)}
	queue.Put(op)
	go func() { op.done <- len(op.Name) }()
	select {
	case n := <-op.done:
		return n
	case <-ctx.Done():
		return 0
	}
}
