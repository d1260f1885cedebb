package skipped

import "sync"

func try(n int) bool { return n > 0 }

func runAll(numbers []int) {
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Add(1)
		go func() {
			if !try(n) {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait() // want "`wg.Wait\(\)` never returns: no `Done` is left to lower the counter"
}

func runDeferred(numbers []int) {
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if !try(n) {
				return
			}
		}()
	}
	wg.Wait()
}

// Leak waits for a goroutine that is gone.
func Leak() {
	runAll([]int{0})
}
