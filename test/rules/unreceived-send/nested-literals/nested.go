package nested

import (
	"context"
	"errors"
	"net/http"
	"time"
)

type Runner interface {
	Run(ctx context.Context) error
}

type RunnerFunc func(ctx context.Context) error

func (f RunnerFunc) Run(ctx context.Context) error { return f(ctx) }

// WithDeadline wraps a runner two literals deep, behind a conversion.
func WithDeadline(most time.Duration) func(Runner) Runner {
	return func(next Runner) Runner {
		return RunnerFunc(func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, most)
			defer cancel()
			ended := make(chan error)
			go func() {
				ended <- next.Run(ctx) // want "nobody receives from `ended` after the function on line 21 returns on line 32 on"
			}()
			select {
			case err := <-ended:
				return err
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}
}

// Buffered is the same with a buffer for the answer.
func Buffered(most time.Duration) func(Runner) Runner {
	return func(next Runner) Runner {
		return RunnerFunc(func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, most)
			defer cancel()
			ended := make(chan error, 1)
			go func() {
				ended <- next.Run(ctx)
			}()
			select {
			case err := <-ended:
				return err
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}
}

type route struct {
	path   string
	handle http.HandlerFunc
}

type lookup func(key string) (string, bool)

// routes keeps a literal in a struct in a list, made by a literal.
var routes = func(find lookup) []route {
	return []route{{
		path: "/find",
		handle: func(w http.ResponseWriter, r *http.Request) {
			found := make(chan string)
			go func() {
				value, _ := find(r.URL.Path)
				found <- value // want "nobody receives from `found` after the function on line 69 returns"
			}()
			select {
			case value := <-found:
				w.Write([]byte(value))
			case <-r.Context().Done():
			}
		},
	}}
}

var errClosed = errors.New("closed")

type opener func() (func() error, error)

// Retrying stores a literal in a field, from inside another one that a caller in sight calls to its end.
func Retrying(open opener, quit <-chan struct{}) opener {
	return func() (func() error, error) {
		close, err := open()
		if err != nil {
			return nil, err
		}
		return func() error {
			closed := make(chan error)
			go func() { closed <- close() }() // want "nobody receives from `closed` after the function on line 95 returns on line 102"
			select {
			case err := <-closed:
				return err
			case <-quit:
				return errClosed
			}
		}, nil
	}
}

func openOnce(open opener) error {
	close, err := Retrying(open, nil)()
	if err != nil {
		return err
	}
	return close()
}

// Each waits in the literal for what the literal starts.
func Each(next Runner) func() Runner {
	return func() Runner {
		return RunnerFunc(func(ctx context.Context) error {
			ended := make(chan error)
			go func() { ended <- next.Run(ctx) }()
			return <-ended
		})
	}
}

// Inner keeps its literals to itself and reads what they send.
func Inner(ctx context.Context, next Runner) error {
	start := func() <-chan error {
		ended := make(chan error)
		go func() { ended <- next.Run(ctx) }()
		return ended
	}
	return <-start()
}
