package results

import "net/http"

type answer struct {
	host string
	ok   bool
}

func ready(host string, done chan answer) {
	response, err := http.Get(host)
	if err == nil {
		response.Body.Close()
	}
	done <- answer{host: host, ok: err == nil}
}

// allReady waits for each of its goroutines by its result.
func allReady(hosts []string) {
	done := make(chan answer, len(hosts))
	for _, host := range hosts {
		go ready(host, done)
	}
	for range hosts {
		<-done
	}
}

// counted hands the channel to a function that waits.
func counted(hosts []string) int {
	done := make(chan answer, len(hosts))
	for _, host := range hosts {
		go ready(host, done)
	}
	return count(len(hosts), done)
}

func count(total int, done chan answer) int {
	good := 0
	for range total {
		if one := <-done; one.ok {
			good++
		}
	}
	return good
}

func forgotten(hosts []string, done chan answer) {
	for _, host := range hosts {
		go ready(host, done) // want "`ready` is started for each element of `hosts` and nobody waits for it"
	}
}
