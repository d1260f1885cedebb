// Package join makes contexts that end with one of several others.
package join

import (
	"context"
	"time"
)

// Either gives a cancel function that the goroutine does not notice.
func Either(one, other context.Context) (context.Context, context.CancelFunc) {
	joined, cancel := context.WithCancel(context.Background())
	go func() { // want "`cancel`, which `Either` returns, does not end the goroutine: it only waits for `one.Done..` and `other.Done..`, and lives until then"
		select {
		case <-one.Done():
		case <-other.Done():
		}
		cancel()
	}()
	return joined, cancel
}

// Linked derives from one of them.
func Linked(one, other context.Context) (context.Context, context.CancelFunc) {
	joined, cancel := context.WithTimeout(one, time.Minute)
	go func() { // want "does not end the goroutine: it only waits for `other.Done..`, and lives until then"
		defer cancel()
		select {
		case <-other.Done():
		}
	}()
	return joined, cancel
}

// Heard also waits for its own context.
func Heard(one, other context.Context) (context.Context, context.CancelFunc) {
	joined, cancel := context.WithCancel(one)
	go func() {
		select {
		case <-joined.Done():
		case <-other.Done():
			cancel()
		}
	}()
	return joined, cancel
}

// Same waits for the context that it derives, under the name of its parameter.
func Same(ctx context.Context, drop func()) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		<-ctx.Done()
		cancel()
		drop()
	}()
	return ctx, cancel
}

// After leaves the waiting to the context package.
func After(one, other context.Context) (context.Context, context.CancelFunc) {
	joined, cancel := context.WithCancel(one)
	stop := context.AfterFunc(other, cancel)
	return joined, func() {
		stop()
		cancel()
	}
}

// Cycles leaves a goroutine behind in each round that the work ends by itself.
func Cycles(stop <-chan struct{}, work func(context.Context) error) {
	for {
		round, cancel := context.WithCancel(context.Background())
		go func() { // want "`cancel` does not end the goroutine, which each iteration of the loop starts: it only waits for `stop`"
			<-stop
			cancel()
		}()
		err := work(round)
		cancel()
		if err != nil {
			return
		}
	}
}

// Rounds also ends its goroutine with the round.
func Rounds(stop <-chan struct{}, work func(context.Context) error) {
	for {
		round, cancel := context.WithCancel(context.Background())
		go func() {
			select {
			case <-stop:
			case <-round.Done():
			}
			cancel()
		}()
		err := work(round)
		cancel()
		if err != nil {
			return
		}
	}
}

// Until returns a context that also ends with `done`; its goroutine does not see the end of `ctx`.
func Until(ctx context.Context, done chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	go func() { // want "The end of `ctx`, which `Until` returns, does not end the goroutine: it only waits for `done`"
		<-done
		cancel()
	}()
	return ctx
}

// UntilEither waits for both.
func UntilEither(ctx context.Context, done chan struct{}) context.Context {
	inner, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		select {
		case <-done:
		case <-ctx.Done():
		}
	}()
	return inner
}

// FromStop has no context that could end first.
func FromStop(stop <-chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-stop
		cancel()
	}()
	return ctx
}
