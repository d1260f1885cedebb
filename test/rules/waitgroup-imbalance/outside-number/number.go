package number

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"example.org/number/config"
)

// One number, read twice, of a type of another package.
func scan(ctx context.Context, in <-chan string, work func(string)) {
	settings := config.From(ctx)
	var wg sync.WaitGroup
	wg.Add(settings.Checkers)
	for range settings.Checkers {
		go func() {
			defer wg.Done()
			for name := range in {
				work(name)
			}
		}()
	}
	wg.Wait()
}

// A semaphore has room for one at least.
func limited(ctx context.Context, names []string, work func(string), limit func(int) int) {
	slots := semaphore.NewWeighted(int64(limit(len(names))))
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			_ = slots.Acquire(context.WithoutCancel(ctx), 1)
			defer slots.Release(1)
			work(name)
		})
	}
	wg.Wait()
}

func stopped(names []string, work func(string) error) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			if err := work(name); err != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait() // want "^`wg.Wait\(\)` never returns"
}

// A variable of another package holds the same number twice.
func work(do func(int)) {
	var wg sync.WaitGroup
	wg.Add(config.Workers)
	for i := 0; i < config.Workers; i++ {
		go func() {
			defer wg.Done()
			do(i)
		}()
	}
	wg.Wait()
}

// Two variables are two numbers.
func mixed(do func(int)) {
	var wg sync.WaitGroup
	wg.Add(config.Workers)
	for i := 0; i < config.Helpers; i++ {
		go func() {
			defer wg.Done() // want "the counter of `wg` is already 0"
			do(i)
		}()
	}
	wg.Wait() // want "`wg.Wait\(\)` never returns"
}
