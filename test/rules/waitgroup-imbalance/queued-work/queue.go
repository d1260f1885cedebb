package queue

import "sync"

type queue interface {
	Push(string)
	Pop() (string, bool)
}

// Each path is counted when it is pushed, and again when it was worked on.
func traverse(paths queue, below func(string) []string) {
	var pending sync.WaitGroup
	pending.Add(1)
	paths.Push("/")
	done := make(chan struct{})
	for range 4 {
		go func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				path, ok := paths.Pop()
				if !ok {
					continue
				}
				for _, next := range below(path) {
					pending.Add(1)
					paths.Push(next)
				}
				pending.Done()
			}
		}()
	}
	pending.Wait()
	close(done)
}

func twice(work func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done() // want "^`wg.Done\(\)` panics"
		work()
		wg.Done()
	}()
	wg.Wait()
}

// One goroutine is counted, and each of its rounds lowers the counter.
func rounds(paths []string, work func(string)) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		for _, path := range paths {
			work(path)
			wg.Done() // want "^`wg.Done\(\)` panics"
		}
	}()
	wg.Wait()
}
