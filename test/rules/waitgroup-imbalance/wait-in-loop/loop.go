package loop

import "sync"

func visit(page string) {}

func visitAll(pages []string) {
	var wg sync.WaitGroup
	wg.Add(len(pages))
	for _, page := range pages {
		go func() {
			defer wg.Done()
			visit(page)
		}()
		wg.Wait() // want "`wg.Wait\(\)` never returns"
	}
}

func visitTogether(pages []string) {
	var wg sync.WaitGroup
	wg.Add(len(pages))
	for _, page := range pages {
		go func() {
			defer wg.Done()
			visit(page)
		}()
	}
	wg.Wait()
}

// Leak waits for goroutines that were not started.
func Leak() {
	visitAll([]string{"a", "b"})
}
