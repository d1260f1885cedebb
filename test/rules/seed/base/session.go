package harbor

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Session is one client that listens for server-sent events.
type Session struct {
	ID  string
	out chan []byte
}

func newSession(id string) *Session {
	return &Session{ID: id, out: make(chan []byte, 16)}
}

// Message is a JSON-RPC message in either direction.
type Message struct {
	ID     int64           `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params any             `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
}

// frame renders a value as one server-sent event.
func frame(event string, payload any) ([]byte, error) {
	data, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("encode %s event: %w", event, err)
	}
	return fmt.Appendf(nil, "event: %s\ndata: %s\n\n", event, data), nil
}

func writeFrame(w http.ResponseWriter, data []byte) error {
	if _, err := w.Write(data); err != nil {
		return err
	}
	return http.NewResponseController(w).Flush()
}

func startStream(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusOK)
}
