package loops

import (
	"context"
	"time"
)

func follow(ctx context.Context, work <-chan int, use func(int)) {
	for {
		select {
		case <-ctx.Done():
			break // want "This `break` leaves only the select, so the loop goes on and spins once `ctx.Done..` is closed"
		case n := <-work:
			use(n)
		}
	}
}

func ignore(ctx context.Context, work <-chan int, use func(int)) {
	for {
		select {
		case n := <-work:
			use(n)
		case <-ctx.Done(): // want "The case for `ctx.Done..` is empty"
		}
	}
}

type service struct {
	stop chan struct{}
}

func newService() *service { return &service{stop: make(chan struct{})} }

func (s *service) close() { close(s.stop) }

func (s *service) run(use func()) {
	for {
		select {
		case <-time.After(time.Second):
			use()
		case <-s.stop:
			break // want "This `break` leaves only the select"
		}
	}
}

// leaves is quiet.
func leaves(ctx context.Context, work <-chan int, use func(int)) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-work:
			use(n)
		}
	}
}

// checks is quiet: what follows the select leaves the loop.
func checks(ctx context.Context, work <-chan int, use func(int)) {
	for {
		select {
		case <-ctx.Done():
		case n := <-work:
			use(n)
		}
		if ctx.Err() != nil {
			return
		}
	}
}

// work is quiet: a break in a case for values ends that case only.
func work(ctx context.Context, in <-chan int, use func(int)) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			if n == 0 {
				break
			}
			use(n)
		}
	}
}
