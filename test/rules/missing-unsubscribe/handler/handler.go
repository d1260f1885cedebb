package handler

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
)

type topic struct {
	mu     sync.Mutex
	nextID int
	calls  map[int]func(string)
}

// Subscribe keeps fn until the function that it returns is called.
func (t *topic) Subscribe(fn func(string)) func() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.nextID++
	id := t.nextID
	t.calls[id] = fn
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.calls, id)
	}
}

func (t *topic) stream(w http.ResponseWriter, r *http.Request) {
	lines := make(chan string, 4)
	t.Subscribe(func(line string) { lines <- line }) // want "`Subscribe` stores a callback that captures the local `lines`, and it is never unregistered"
	for {
		select {
		case <-r.Context().Done():
			return
		case line := <-lines:
			fmt.Fprintln(w, line)
		}
	}
}

func (t *topic) direct(w http.ResponseWriter, r *http.Request) {
	t.Subscribe(func(line string) { // want "stores a callback that captures the local `w`"
		fmt.Fprintln(w, line)
	})
	<-r.Context().Done()
}

func (t *topic) early(w http.ResponseWriter, r *http.Request) error {
	lines := make(chan string, 4)
	stop := t.Subscribe(func(line string) { lines <- line }) // want "one exit of the function leaves it registered"
	if r.Method != http.MethodGet {
		return errors.New("only GET")
	}
	fmt.Fprintln(w, <-lines)
	stop()
	return nil
}

// polite is quiet: the registration is undone when the handler returns.
func (t *topic) polite(w http.ResponseWriter, r *http.Request) {
	lines := make(chan string, 4)
	stop := t.Subscribe(func(line string) { lines <- line })
	defer stop()
	select {
	case <-r.Context().Done():
	case line := <-lines:
		fmt.Fprintln(w, line)
	}
}

// each is quiet: every exit undoes the registration.
func (t *topic) each(w http.ResponseWriter, r *http.Request) {
	lines := make(chan string, 4)
	stop := t.Subscribe(func(line string) { lines <- line })
	if r.Method != http.MethodGet {
		stop()
		return
	}
	fmt.Fprintln(w, <-lines)
	stop()
}

// handed is quiet: the caller undoes it.
func (t *topic) handed() (<-chan string, func()) {
	lines := make(chan string, 4)
	stop := t.Subscribe(func(line string) { lines <- line })
	return lines, stop
}

type counter struct {
	n int
}

// newCounter is quiet: what is registered lives as long as the counter.
func newCounter(t *topic) *counter {
	c := &counter{}
	t.Subscribe(func(string) { c.n++ })
	return c
}
