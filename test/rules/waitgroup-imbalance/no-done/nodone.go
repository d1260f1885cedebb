package nodone

import "sync"

func step() {}

func steps(count int) {
	var wg sync.WaitGroup
	for i := 0; i < count; i++ {
		wg.Add(1)
		go func() {
			step()
		}()
	}
	wg.Wait() // want "`wg.Wait\(\)` never returns: no `Done` is left to lower the counter \(raised on line 10\)"
}

func stepsDone(count int) {
	var wg sync.WaitGroup
	for i := 0; i < count; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			step()
		}()
	}
	wg.Wait()
}

// Leak waits for a counter that nobody lowers.
func Leak() {
	steps(1)
}
