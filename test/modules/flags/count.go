// Package flags counts in goroutines that a flag of another package ends early.
package flags

import (
	"sync"

	"flags/flag"
)

// Count raises the flag only when it has stopped reading.
func Count(n int, leave bool) int {
	cancelled := flag.New()
	counts := make(chan int, n)
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if cancelled.On() {
				return
			}
			counts <- 1
		}()
	}
	total := 0
	for range n {
		total += <-counts
		if leave {
			cancelled.Raise()
			wg.Wait()
			return 0
		}
	}
	return total
}

// CountAll raises the flag and goes on reading: who has seen the flag sends nothing.
func CountAll(n int) int {
	cancelled := flag.New()
	counts := make(chan int)
	for range n {
		go func() {
			if cancelled.On() {
				return
			}
			counts <- 1
		}()
	}
	cancelled.Raise()
	total := 0
	for range n {
		total += <-counts // want unsent-receive:"`<-counts` blocks forever"
	}
	return total
}
