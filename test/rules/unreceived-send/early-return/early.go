package early

import "errors"

var errStopped = errors.New("stopped")

func work() int { return 42 }

func fetch(stopped bool) (int, error) {
	results := make(chan int)
	go func() {
		results <- work() // want "`results <- work\(\)` blocks forever: nobody receives from `results` after `fetch` returns on line 15"
	}()
	if stopped {
		return 0, errStopped
	}
	return <-results, nil
}

func fetchBuffered(stopped bool) (int, error) {
	results := make(chan int, 1)
	go func() {
		results <- work()
	}()
	if stopped {
		return 0, errStopped
	}
	return <-results, nil
}

func fetchDrained(stopped bool) (int, error) {
	results := make(chan int)
	go func() {
		results <- work()
	}()
	if stopped {
		<-results
		return 0, errStopped
	}
	return <-results, nil
}

// Leak leaves one goroutine behind.
func Leak() {
	_, _ = fetch(true)
}
