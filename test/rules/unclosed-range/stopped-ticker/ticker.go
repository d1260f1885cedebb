// Package ticker ranges over tickers that are stopped, which closes nothing.
package ticker

import "time"

// During reports while the work is done, and its goroutine stays behind.
func During(work func() error, report func()) error {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	go func() {
		for range every.C { // want "`range every.C` never ends: nobody closes `every.C` after `During` returns"
			report()
		}
	}()
	return work()
}

// Told leaves the loop by a channel of its own.
func Told(work func() error, report func()) error {
	every := time.NewTicker(time.Second)
	defer every.Stop()
	over := make(chan struct{})
	defer close(over)
	go func() {
		for {
			select {
			case <-every.C:
				report()
			case <-over:
				return
			}
		}
	}()
	return work()
}
