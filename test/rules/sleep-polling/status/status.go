package status

import (
	"context"
	"sync/atomic"
	"time"
)

type job struct {
	done atomic.Bool
	fail atomic.Int32
}

func (j *job) follow(ctx context.Context, lines chan string) {
	go func() {
		for {
			time.Sleep(100 * time.Millisecond) // want "The goroutine polls `j.done.Load\(\)` with `time.Sleep"
			if j.done.Load() {
				close(lines)
				break
			}
		}
	}()
	select {
	case <-lines:
	case <-ctx.Done():
	}
}

func (j *job) after(then func()) {
	go func() {
		for !j.done.Load() {
			time.Sleep(time.Second) // want "The goroutine polls `!j.done.Load\(\)`"
		}
		then()
	}()
}

// until is quiet: the wait ends with the context.
func (j *job) until(ctx context.Context, then func()) {
	go func() {
		for !j.done.Load() {
			if ctx.Err() != nil {
				return
			}
			time.Sleep(time.Second)
		}
		then()
	}()
}

// tries is quiet: it gives up.
func (j *job) tries(then func()) {
	go func() {
		for i := 0; i < 10 && !j.done.Load(); i++ {
			time.Sleep(time.Second)
		}
		then()
	}()
}

// retry is quiet: it does work between the looks.
func (j *job) retry(work func() error) {
	go func() {
		for {
			if err := work(); err == nil {
				return
			}
			j.fail.Add(1)
			time.Sleep(time.Second)
		}
	}()
}
