package stream

import (
	"fmt"
	"net/http"
	"sync"
)

type bus struct {
	mu     sync.Mutex
	nextID int
	calls  map[int]func(string)
}

func (b *bus) Subscribe(fn func(string)) func() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nextID++
	id := b.nextID
	b.calls[id] = fn
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.calls, id)
	}
}

func (b *bus) stream(w http.ResponseWriter, r *http.Request) {
	lines := make(chan string, 4)
	defer close(lines) // want "`lines` is closed while a callback that `Subscribe` keeps can still send on it, and that send panics"
	b.Subscribe(func(line string) { lines <- line })
	for {
		select {
		case <-r.Context().Done():
			return
		case line := <-lines:
			fmt.Fprintln(w, line)
		}
	}
}

func (b *bus) late(w http.ResponseWriter, finished <-chan struct{}) {
	lines := make(chan string, 4)
	stop := b.Subscribe(func(line string) { lines <- line })
	defer stop()
	go func() {
		<-finished
		close(lines) // want "`lines` is closed while a callback"
	}()
	for line := range lines {
		fmt.Fprintln(w, line)
	}
}

// ordered is quiet: the deferred calls run in reverse order.
func (b *bus) ordered(w http.ResponseWriter, r *http.Request) {
	lines := make(chan string, 4)
	defer close(lines)
	stop := b.Subscribe(func(line string) { lines <- line })
	defer stop()
	select {
	case <-r.Context().Done():
	case line := <-lines:
		fmt.Fprintln(w, line)
	}
}

// stopped is quiet: the registration is undone first.
func (b *bus) stopped(w http.ResponseWriter, finished <-chan struct{}) {
	lines := make(chan string, 4)
	stop := b.Subscribe(func(line string) { lines <- line })
	go func() {
		<-finished
		stop()
		close(lines)
	}()
	for line := range lines {
		fmt.Fprintln(w, line)
	}
}
