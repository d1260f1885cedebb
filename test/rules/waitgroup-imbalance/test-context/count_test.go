package count

import (
	"context"
	"sync"
	"testing"
)

func add(ctx context.Context, in <-chan int, sum *int, wg *sync.WaitGroup) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			*sum += n
			wg.Done()
		}
	}
}

// The context of the test lives as long as the test waits.
func TestAllArrive(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	in := make(chan int)
	var wg sync.WaitGroup
	sum := 0
	go add(ctx, in, &sum, &wg)
	for i := range 3 {
		wg.Add(1)
		go func() { in <- i }()
	}
	wg.Wait()
}

func TestCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in := make(chan int, 1)
	var wg sync.WaitGroup
	sum := 0
	go add(ctx, in, &sum, &wg)
	wg.Add(1)
	cancel()
	in <- 1
	wg.Wait() // want "^`wg.Wait\(\)` never returns"
}
