package server

import (
	"fmt"
	"net/http"

	"example.com/seed/events"
)

// watch takes its callback back on every exit.
func (s *Server) watch(w http.ResponseWriter, r *http.Request) {
	queue := make(chan events.Event, 16)
	stop := s.bus.Watch("started", func(event events.Event) {
		select {
		case queue <- event:
		default:
		}
	})
	defer stop()
	for {
		select {
		case event := <-queue:
			fmt.Fprintln(w, event.Text)
		case <-r.Context().Done():
			return
		}
	}
}

// offer holds the lock over a send that does not wait, so that forget cannot close the channel meanwhile.
func (s *Server) offer(id, text string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	answer, ok := s.answers[id]
	if !ok {
		return
	}
	select {
	case answer <- text:
	default:
	}
}

// Reloader undoes in Stop what its goroutine registers.
type Reloader struct {
	bus   *events.Bus
	stops []func()
}

func (r *Reloader) Start() { go r.setup() }

func (r *Reloader) Stop() {
	for _, stop := range r.stops {
		stop()
	}
}

func (r *Reloader) setup() {
	r.stops = append(r.stops, r.bus.Watch("exited", func(events.Event) { r.reload() }))
}

func (r *Reloader) reload() {}
