package harbor

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"
)

var errCallTimeout = errors.New("client did not answer in time")

const callTimeout = 30 * time.Second

// pendingCalls holds the calls to clients that have not been answered.
type pendingCalls struct {
	mu      sync.Mutex
	nextID  int64
	replies map[int64]chan json.RawMessage
}

func newPendingCalls() *pendingCalls {
	return &pendingCalls{replies: make(map[int64]chan json.RawMessage)}
}

// Call sends a request to a client and waits for its answer.
func (s *Server) Call(ctx context.Context, session *Session, method string, params any) (json.RawMessage, error) {
	reply := make(chan json.RawMessage) // want unreceived-send:"If `Call` returns on line \d+ before it is answered"
	s.calls.mu.Lock()
	s.calls.nextID++
	id := s.calls.nextID
	s.calls.replies[id] = reply // want unclosed-channel:"only other paths delete the entry"
	s.calls.mu.Unlock()

	data, err := frame("message", Message{ID: id, Method: method, Params: params})
	if err != nil {
		return nil, err
	}
	select {
	case session.out <- data:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	select {
	case result := <-reply:
		s.calls.mu.Lock()
		delete(s.calls.replies, id)
		s.calls.mu.Unlock()
		return result, nil
	case <-time.After(callTimeout):
		return nil, errCallTimeout
	}
}

// handleReply takes a client's answer and hands it to the waiting call.
func (s *Server) handleReply(w http.ResponseWriter, r *http.Request) {
	var message Message
	if err := json.NewDecoder(r.Body).Decode(&message); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.calls.mu.Lock()
	reply, ok := s.calls.replies[message.ID]
	s.calls.mu.Unlock()
	if !ok {
		http.Error(w, "no such call", http.StatusNotFound)
		return
	}
	reply <- message.Result
	w.WriteHeader(http.StatusAccepted)
}
