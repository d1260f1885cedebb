package harbor

import "net/http"

// handleProcessEvents streams what happens to the managed processes to one client.
func (s *Server) handleProcessEvents(w http.ResponseWriter, r *http.Request) {
	eventChan := make(chan Event, 16)
	defer close(eventChan)                                                    // want send-after-close:"that send panics"
	s.bus.Subscribe(ProcessStarted, func(event Event) { eventChan <- event }) // want missing-unsubscribe:"it is never unregistered"
	s.bus.Subscribe(ProcessExited, func(event Event) { eventChan <- event })  // want missing-unsubscribe:"it is never unregistered"

	startStream(w)
	for {
		select {
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		case event := <-eventChan:
			data, err := frame(string(event.Kind), event)
			if err != nil {
				s.logger.Error("drop event", "kind", event.Kind, "error", err)
				continue
			}
			if err := writeFrame(w, data); err != nil {
				return
			}
		}
	}
}
