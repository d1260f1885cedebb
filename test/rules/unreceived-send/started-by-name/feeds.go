// Package feeds starts its goroutines by functions of another package, which are known by their names.
package feeds

import (
	"example.com/app/async"
	"example.com/app/pool"
)

// Both leaves the second one behind when the first one fails.
func Both(one, other func() error) error {
	failed := make(chan error)
	async.Go(func() {
		failed <- one()
	})
	async.Go(func() {
		failed <- other() // want "`failed <- other..` blocks for ever: nobody receives from `failed` after `Both` returns at line 19"
	})
	if err := <-failed; err != nil {
		return err
	}
	return <-failed
}

// Roomy has room for both.
func Roomy(one, other func() error) error {
	failed := make(chan error, 2)
	async.GoSafe(func() { failed <- one() })
	async.GoSafe(func() { failed <- other() })
	if err := <-failed; err != nil {
		return err
	}
	return <-failed
}

// Pooled has a pool, which may wait for its functions in a method of any name.
func Pooled(calls []func() int) []int {
	var workers pool.Pool
	results := make(chan int, len(calls))
	for _, call := range calls {
		workers.Go(func() { results <- call() })
	}
	workers.Finish()
	close(results)
	var all []int
	for each := range results {
		all = append(all, each)
	}
	return all
}
