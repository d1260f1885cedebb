package request

import (
	"log"
	"net/http"
	"time"
)

func notifyAll(urls []string) {
	for _, url := range urls {
		go func() {
			resp, err := http.Get(url) // want "`http.Get` uses the default client, which has no timeout"
			if err != nil {
				log.Print(err)
				return
			}
			defer resp.Body.Close()
		}()
	}
}

// patient is quiet: its client has a timeout.
func patient(urls []string) {
	client := &http.Client{Timeout: time.Minute}
	for _, url := range urls {
		go func() {
			resp, err := client.Get(url)
			if err != nil {
				return
			}
			defer resp.Body.Close()
		}()
	}
}

// direct is quiet: nobody starts a goroutine for it.
func direct(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
