package harbor

import "sync"

// EventKind says what an Event is about.
type EventKind string

const (
	ProcessStarted EventKind = "process.started"
	ProcessExited  EventKind = "process.exited"
	LogWritten     EventKind = "log.written"
)

// Event is something that happened to a managed process.
type Event struct {
	Kind    EventKind `json:"kind"`
	Process string    `json:"process"`
	Text    string    `json:"text,omitempty"`
}

// EventBus hands each published event to the callbacks registered for its kind.
type EventBus struct {
	mu        sync.RWMutex
	nextID    int
	callbacks map[EventKind]map[int]func(Event)
}

// NewEventBus returns a bus without subscribers.
func NewEventBus() *EventBus {
	return &EventBus{callbacks: make(map[EventKind]map[int]func(Event))}
}

// Subscribe registers fn for events of one kind and returns a function that undoes it. Once that function has
// returned, fn is not called any more.
func (b *EventBus) Subscribe(kind EventKind, fn func(Event)) (unsubscribe func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.callbacks[kind] == nil {
		b.callbacks[kind] = make(map[int]func(Event))
	}
	b.nextID++
	id := b.nextID
	b.callbacks[kind][id] = fn
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.callbacks[kind], id)
	}
}

// Publish calls every callback registered for the event's kind, one after the other.
func (b *EventBus) Publish(event Event) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, fn := range b.callbacks[event.Kind] {
		fn(event)
	}
}
