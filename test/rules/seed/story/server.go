// Package harbor runs local development processes and lets tools watch and control them over server-sent events.
package harbor

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Server keeps the sessions of connected clients and tells them about events.
type Server struct {
	bus       *EventBus
	processes *ProcessManager
	logger    *slog.Logger
	calls     *pendingCalls

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu       sync.RWMutex
	sessions map[string]*Session
}

// NewServer returns a server for the processes of a manager; Start brings it to life.
func NewServer(bus *EventBus, processes *ProcessManager, logger *slog.Logger) *Server {
	ctx, cancel := context.WithCancel(context.Background())
	return &Server{
		bus:       bus,
		processes: processes,
		logger:    logger,
		calls:     newPendingCalls(),
		ctx:       ctx,
		cancel:    cancel,
		sessions:  make(map[string]*Session),
	}
}

// Start begins the server's background work.
func (s *Server) Start() {
	s.spawn(s.heartbeat)
	go s.broadcastEvents() // want start-without-stop:"cannot end it" unrecovered-panic:"ends the whole process"
}

// Stop ends the background work and waits for it.
func (s *Server) Stop() {
	s.cancel()
	s.wg.Wait()
}

// spawn runs fn in a goroutine that Stop waits for. A panic in fn is logged and does not take the server down.
func (s *Server) spawn(fn func()) {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		defer func() {
			if r := recover(); r != nil {
				s.logger.Error("goroutine panicked", "panic", r)
			}
		}()
		fn()
	}()
}

// heartbeat keeps proxies from closing idle connections.
func (s *Server) heartbeat() {
	ticker := time.NewTicker(15 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-ticker.C:
			s.ping()
		}
	}
}

// ping offers a comment line to every session; a session with a full queue is busy and needs none.
func (s *Server) ping() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, session := range s.sessions {
		select {
		case session.out <- []byte(": ping\n\n"):
		default:
		}
	}
}

// Handler returns the server's HTTP interface.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /events", s.handleEvents)
	mux.HandleFunc("GET /events/processes", s.handleProcessEvents)
	mux.HandleFunc("POST /messages", s.handleReply)
	mux.HandleFunc("GET /processes/{name}", s.handleProcess)
	mux.HandleFunc("GET /processes/{name}/logs", s.handleLogs)
	return mux
}

// handleEvents is the stream of one client, until it goes away or the server stops.
func (s *Server) handleEvents(w http.ResponseWriter, r *http.Request) {
	session := newSession(r.RemoteAddr)
	s.addSession(session)
	defer s.removeSession(session)
	startStream(w)
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		case data := <-session.out:
			if err := writeFrame(w, data); err != nil {
				return
			}
		}
	}
}

func (s *Server) handleProcess(w http.ResponseWriter, r *http.Request) {
	process, ok := s.processes.Lookup(r.PathValue("name"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	if err := json.NewEncoder(w).Encode(process.Lines()); err != nil {
		s.logger.Warn("write response", "error", err)
	}
}

func (s *Server) addSession(session *Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[session.ID] = session
}

func (s *Server) removeSession(session *Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, session.ID)
}
