// Package server streams what the processes do to its clients.
package server

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"example.com/seed/events"
	"example.com/seed/process"
)

type session struct {
	mu      sync.Mutex
	writer  http.ResponseWriter
	flusher http.Flusher
}

type Server struct {
	bus       *events.Bus
	processes *process.Manager

	mu       sync.RWMutex
	sessions map[string]*session
	answers  map[string]chan string
	running  bool
}

func New(bus *events.Bus, processes *process.Manager) *Server {
	return &Server{bus: bus, processes: processes, sessions: make(map[string]*session), answers: make(map[string]chan string)}
}

func (s *Server) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = true
	go s.setupBroadcasting() // want missing-unsubscribe:"registers 2 callbacks with `Subscribe` that use the `Server`, and `Stop` never unregisters them" unrecovered-panic:"ends the whole process"
}

func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running = false
}

func (s *Server) setupBroadcasting() {
	s.bus.Subscribe("started", func(event events.Event) { s.broadcast(event.Text) })
	s.bus.Subscribe("exited", func(event events.Event) { s.broadcast(event.Text) })
}

func (s *Server) broadcast(message string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, one := range s.sessions {
		go s.sendEvent(one, message) // want untracked-goroutine:"a client that reads slowly holds it" unbounded-fan-out:"without a limit" unrecovered-panic:"ends the whole process"
	}
}

func (s *Server) sendEvent(to *session, message string) {
	to.mu.Lock()
	defer to.mu.Unlock()
	fmt.Fprintf(to.writer, "data: %s\n\n", message)
	to.flusher.Flush()
}

func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	queue := make(chan events.Event, 16)
	defer close(queue) // want send-after-close:"a callback that `Subscribe` keeps can still send on it"
	s.bus.Subscribe("started", func(event events.Event) { // want missing-unsubscribe:"captures the local `queue`, and nothing undoes `Subscribe`"
		select {
		case queue <- event:
		default:
		}
	})
	s.bus.Subscribe("exited", func(event events.Event) { // want missing-unsubscribe:"captures the local `queue`, and nothing undoes `Subscribe`"
		select {
		case queue <- event:
		default:
		}
	})
	s.bus.Subscribe("log", func(event events.Event) { // want missing-unsubscribe:"captures the local `queue`, and nothing undoes `Subscribe`"
		select {
		case queue <- event:
		default:
		}
	})
	for {
		select {
		case event := <-queue:
			fmt.Fprintln(w, event.Text)
		case <-r.Context().Done():
			return
		}
	}
}

func (s *Server) followLogs(id string, show func(string)) {
	logs := make(chan string, 64)
	s.processes.AddLogCallback(func(line string) { // want missing-unsubscribe:"nothing undoes `AddLogCallback`"
		select {
		case logs <- line:
		default:
		}
	})
	one := s.processes.Get(id)
	go func() { // want unrecovered-panic:"ends the whole process"
		for {
			time.Sleep(100 * time.Millisecond) // want sleep-polling:"no context can end the wait"
			if one.Status != "running" {
				close(logs) // want send-after-close:"a callback that `AddLogCallback` keeps"
				break
			}
		}
	}()
	for line := range logs {
		show(line)
	}
}

func (s *Server) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if answer, ok := s.answers[id]; ok {
		close(answer)
		delete(s.answers, id)
	}
}

func (s *Server) deliver(id, text string) {
	s.mu.RLock()
	answer, ok := s.answers[id]
	s.mu.RUnlock()
	if !ok {
		return
	}
	select {
	case answer <- text: // want send-after-close:"the lock is released before this send: `forget` may have closed it"
	default:
	}
}

func (s *Server) await(id string) string {
	answer := make(chan string, 1)
	s.mu.Lock()
	s.answers[id] = answer
	s.mu.Unlock()
	return <-answer
}
