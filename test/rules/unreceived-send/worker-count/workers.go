package workers

import "context"

type page struct{ text string }

func load(ctx context.Context, name string) (page, error) { return page{text: name}, ctx.Err() }

// Whoever calls it asks for at least one worker.
func loadAll(ctx context.Context, names []string, workers int) ([]page, error) {
	queue := make(chan string)
	go func() {
		defer close(queue)
		for _, name := range names {
			queue <- name
		}
	}()
	if workers > len(names) {
		workers = len(names)
	}
	pages, failed := make(chan page), make(chan error)
	for i := 0; i < workers; i++ {
		go func() {
			for name := range queue {
				if one, err := load(ctx, name); err != nil {
					failed <- err
				} else {
					pages <- one
				}
			}
		}()
	}
	var result []page
	var first error
	for range names {
		select {
		case one := <-pages:
			result = append(result, one)
		case err := <-failed:
			first = err
		}
	}
	return result, first
}

func printAll(ctx context.Context, names []string, workers int) {
	queue := make(chan string)
	done := make(chan struct{}, workers)
	for range workers {
		go func() {
			defer func() { done <- struct{}{} }()
			for name := range queue {
				if _, err := load(ctx, name); err != nil {
					return
				}
			}
		}()
	}
	for _, name := range names {
		queue <- name // want "^`queue <- name` blocks forever"
	}
	close(queue)
	for range workers {
		<-done
	}
}
