package harbor

import (
	"net/http"
	"time"
)

// handleLogs follows the output of one process until it ends.
func (s *Server) handleLogs(w http.ResponseWriter, r *http.Request) {
	process, ok := s.processes.Lookup(r.PathValue("name"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	ctx := r.Context()
	logChan := make(chan string, 100)
	unsubscribe := s.bus.Subscribe(LogWritten, func(event Event) {
		if event.Process == process.Name {
			logChan <- event.Text
		}
	})
	defer unsubscribe()

	go func() { // want unrecovered-panic:"ends the whole process"
		for {
			time.Sleep(100 * time.Millisecond) // want sleep-polling:"no context can end the wait"
			if process.Status() != StatusRunning {
				close(logChan) // want send-after-close:"that send panics"
				break
			}
		}
	}()

	startStream(w)
	for {
		select {
		case <-ctx.Done():
			return
		case line, open := <-logChan:
			if !open {
				return
			}
			data, err := frame("log", line)
			if err != nil || writeFrame(w, data) != nil {
				return
			}
		}
	}
}
