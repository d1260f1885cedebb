package tested

import (
	"context"
	"errors"
)

var errBusy = errors.New("busy")

// Abandon is called by a test in a way that leaves nobody waiting; others may cancel.
func Abandon(f func() int) func(ctx context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		value := make(chan int)
		go func() {
			value <- f() // want "nobody receives from `value` after the function on line 12 returns on line 21"
		}()
		select {
		case v := <-value:
			return v, nil
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// Pool is only started by its test.
type Pool struct {
	jobs chan func()
	busy bool
}

func (p *Pool) first(ctx context.Context, f func() int) (int, error) {
	value := make(chan int)
	go func() { value <- f() }() // want "nobody receives from `value` after `first` returns on line 36"
	if p.busy {
		return 0, errBusy
	}
	return <-value, nil
}
