package missed

import "sync"

func wait() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		for !ready {
			cond.Wait() // want "`cond.Wait\(\)` never wakes"
		}
		mu.Unlock()
	}()
	mu.Lock()
	ready = false
	mu.Unlock()
}

func waitSignalled() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		for !ready {
			cond.Wait()
		}
		mu.Unlock()
	}()
	mu.Lock()
	ready = true
	mu.Unlock()
	cond.Broadcast()
}

// Leak leaves the waiter behind.
func Leak() {
	wait()
}
