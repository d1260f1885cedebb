package harbor

// Broadcast sends a notification to every connected client.
func (s *Server) Broadcast(method string, params any) {
	notification := Message{Method: method, Params: params}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, session := range s.sessions {
		go s.sendEvent(session, "message", notification) // want untracked-goroutine:"nobody waits for it" unbounded-fan-out:"without a limit" unrecovered-panic:"ends the whole process"
	}
}

// sendEvent queues an event for a client.
func (s *Server) sendEvent(session *Session, event string, payload any) {
	data, err := frame(event, payload)
	if err != nil {
		s.logger.Error("drop event", "session", session.ID, "error", err)
		return
	}
	session.out <- data
}

// broadcastEvents tells all clients what happens to the managed processes.
func (s *Server) broadcastEvents() {
	events := make(chan Event, 64)
	s.bus.Subscribe(ProcessStarted, func(event Event) { events <- event }) // want missing-unsubscribe:"it is never unregistered"
	s.bus.Subscribe(ProcessExited, func(event Event) { events <- event })  // want missing-unsubscribe:"it is never unregistered"
	for {
		event := <-events
		s.Broadcast("notifications/"+string(event.Kind), event)
	}
}
