// Package fetch watches over calls by goroutines that a channel ends.
package fetch

import (
	"context"
	"errors"
	"net/http"
)

var errEmpty = errors.New("empty")

type stream interface {
	Abort()
	Read() (int, error)
}

// Once leaves its watcher behind when nothing comes.
func Once(ctx context.Context, s stream) (int, error) {
	read := make(chan struct{})
	go func() { // want "The return on line 29 leaves `read` open, so the goroutine lives on until `ctx.Done..` is ready"
		select {
		case <-ctx.Done():
			s.Abort()
		case <-read:
		}
	}()
	n, err := s.Read()
	if err != nil {
		return 0, err
	}
	close(read)
	return n, nil
}

type body struct {
	over chan<- struct{}
}

// Handed gives the channel to who reads the body, if there is one.
func Handed(r *http.Request, s stream) (*body, error) {
	over := make(chan struct{})
	go func() { // want "The return on line 51 leaves `over` open, so the goroutine lives on until `r.Context...Done..` is ready"
		select {
		case <-r.Context().Done():
			s.Abort()
		case <-over:
		}
	}()
	n, err := s.Read()
	if err != nil {
		return nil, err
	}
	if n == 0 {
		close(over)
		return nil, errEmpty
	}
	return newBody(over), nil
}

func newBody(over chan<- struct{}) *body { return &body{over: over} }

// Deferred closes on every path.
func Deferred(ctx context.Context, s stream) (int, error) {
	read := make(chan struct{})
	defer close(read)
	go func() {
		select {
		case <-ctx.Done():
			s.Abort()
		case <-read:
		}
	}()
	return s.Read()
}

// Ended returns early only when the context has ended.
func Ended(ctx context.Context, s stream) (int, error) {
	read := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			s.Abort()
		case <-read:
		}
	}()
	n, err := s.Read()
	if ctx.Err() != nil {
		return 0, errEmpty
	}
	close(read)
	return n, err
}

// Derived has a context of its own, which ends with the function.
func Derived(ctx context.Context, s stream) (int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	read := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			s.Abort()
		case <-read:
		}
	}()
	n, err := s.Read()
	if err != nil {
		return 0, err
	}
	close(read)
	return n, nil
}

// Served has a channel of work, which ends nothing.
func Served(ctx context.Context, next func() error, work func()) {
	wake := make(chan struct{}, 1)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-wake:
				work()
			}
		}
	}()
	for {
		if err := next(); err != nil {
			return
		}
		wake <- struct{}{}
	}
}
