package handed

import (
	"net/http"
	"time"
)

func price(item string) string { time.Sleep(5 * time.Millisecond); return item + ": 3" }

func pricing(limit time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer := make(chan string)
		go func() {
			answer <- price(r.URL.Path) // want "nobody receives from `answer` after the function on line 11 returns"
		}()
		select {
		case text := <-answer:
			_, _ = w.Write([]byte(text))
		case <-time.After(limit):
			w.WriteHeader(http.StatusGatewayTimeout)
		}
	}
}

func register(mux *http.ServeMux, limit time.Duration) {
	mux.HandleFunc("/patient", func(w http.ResponseWriter, r *http.Request) {
		answer := make(chan string)
		go func() {
			answer <- price(r.URL.Path)
		}()
		_, _ = w.Write([]byte(<-answer))
	})
	mux.HandleFunc("/roomy", func(w http.ResponseWriter, r *http.Request) {
		answer := make(chan string, 1)
		go func() {
			answer <- price(r.URL.Path)
		}()
		select {
		case text := <-answer:
			_, _ = w.Write([]byte(text))
		case <-time.After(limit):
		}
	})
}

// gathering measures its buffer outside of the literal, which says nothing of what it is measured for.
func gathering(items []string) func() string {
	room := len(items)
	return func() string {
		answers := make(chan string, room)
		for _, item := range items {
			go func() { answers <- price(item) }()
		}
		return <-answers
	}
}

// flagged starts a sender and a receiver, or neither of them.
func flagged(set func(func(bool))) {
	on := false
	set(func(v bool) {
		on = v
		values := make(chan int)
		if on {
			go func() { values <- 1 }()
		}
		if on {
			<-values
		}
	})
}

type deaf struct{ header http.Header }

func (d deaf) Header() http.Header         { return d.header }
func (d deaf) Write(b []byte) (int, error) { return len(b), nil }
func (d deaf) WriteHeader(int)             {}

// Leak leaves the goroutine of the handler behind.
func Leak() {
	r, _ := http.NewRequest(http.MethodGet, "/bread", nil)
	pricing(0)(deaf{header: http.Header{}}, r)
}
