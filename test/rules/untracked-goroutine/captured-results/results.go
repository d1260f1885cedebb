package results

import "net/http"

// all receives a result of each goroutine.
func all(urls []string) (failed int) {
	errs := make(chan error)
	for _, url := range urls {
		go func() {
			_, err := http.Head(url)
			errs <- err
		}()
	}
	for range urls {
		if err := <-errs; err != nil {
			failed++
		}
	}
	return failed
}

func some(urls []string) {
	for _, url := range urls {
		go func() { // want "started for each element of `urls` and nobody waits for it"
			_, err := http.Head(url)
			println(err)
		}()
	}
}
