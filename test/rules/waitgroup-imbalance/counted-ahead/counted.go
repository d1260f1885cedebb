package counted

import "sync"

func all(jobs []func()) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, job := range jobs {
		if job == nil {
			continue
		}
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait() // want "`wg.Wait\(\)` never returns"
}

func even(jobs []func()) {
	var wg sync.WaitGroup
	wg.Add(len(jobs))
	for _, job := range jobs {
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

// Leak waits for a job that was skipped.
func Leak() {
	all([]func(){nil})
}
