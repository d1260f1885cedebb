// Package awake holds goroutines that a ticker keeps awake although nobody can end them any more.
package awake

import (
	"context"
	"errors"
	"time"
)

var errNoRoom = errors.New("no room")

// Upload forgets its heartbeat when there is no room.
func Upload(parts []string, room int, beat func(), put func(string)) error {
	finished := make(chan struct{})
	go func() {
		every := time.NewTicker(time.Minute)
		defer every.Stop()
		for {
			select { // want "This `select` loops forever: `<-finished` can never become ready after `Upload` returns on line 28"
			case <-every.C:
				beat()
			case <-finished:
				return
			}
		}
	}()
	if len(parts) > room {
		return errNoRoom
	}
	for _, part := range parts {
		put(part)
	}
	close(finished)
	return nil
}

// Spin polls by a default case instead of a ticker.
func Spin(step func() bool, beat func()) bool {
	over := make(chan struct{})
	go func() {
		for {
			select { // want "`<-over` can never become ready after `Spin` returns on line 52"
			case <-over:
				return
			default:
				beat()
				time.Sleep(time.Second)
			}
		}
	}()
	if !step() {
		return false
	}
	over <- struct{}{}
	return true
}

// Watch never ends its goroutine; that nothing does makes it a question.
func Watch(beat func(), work func()) {
	quit := make(chan struct{})
	go func() {
		for {
			select { // want "`<-quit` can never become ready after `Watch` returns"
			case <-time.After(time.Second):
				beat()
			case <-quit:
				return
			}
		}
	}()
	work()
}

// Closed ends it on every path.
func Closed(parts []string, room int, beat func()) error {
	finished := make(chan struct{})
	defer close(finished)
	go func() {
		every := time.NewTicker(time.Minute)
		defer every.Stop()
		for {
			select {
			case <-every.C:
				beat()
			case <-finished:
				return
			}
		}
	}()
	if len(parts) > room {
		return errNoRoom
	}
	return nil
}

// Itself ends in the arm of the ticker, by its own channel, or by what it counts.
func Itself(limit int, beat func() bool, next func() error) {
	over := make(chan struct{})
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				if beat() {
					return
				}
			case <-over:
				return
			}
		}
	}()
	ended := make(chan struct{})
	go func() {
		count := 0
		for {
			select {
			case <-time.After(time.Second):
				count++
				if count == limit {
					close(ended)
				}
			case <-ended:
				return
			}
		}
	}()
	failed := make(chan error, 1)
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				if err := next(); err != nil {
					failed <- err
				}
			case <-failed:
				return
			}
		}
	}()
}

// Relayed is ended by a goroutine that the ticks feed.
func Relayed(enough func(int) bool) {
	ticks := make(chan int)
	quit := make(chan struct{})
	go func() {
		for n := range ticks {
			if enough(n) {
				close(quit)
				return
			}
		}
	}()
	go func() {
		defer close(ticks)
		n := 0
		for {
			select {
			case <-time.After(time.Second):
				n++
				select {
				case ticks <- n:
				case <-quit:
				}
			case <-quit:
				return
			}
		}
	}()
}

// Timed has a context that time ends, and one from outside.
func Timed(ctx context.Context, beat func()) {
	short, cancel := context.WithTimeout(context.Background(), time.Minute)
	_ = cancel
	for _, end := range []context.Context{short, ctx} {
		go func() {
			for {
				select {
				case <-time.After(time.Second):
					beat()
				case <-end.Done():
					return
				}
			}
		}()
	}
}

// Lasting waits for goroutines that are meant to go on forever unless there is a limit.
func Lasting(limit time.Duration, call func()) {
	stop := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			call()
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	if limit > 0 {
		time.Sleep(limit)
		close(stop)
	}
	<-ended
}
