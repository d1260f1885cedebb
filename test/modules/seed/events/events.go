// Package events hands what happens to the callbacks that asked for it.
package events

import "sync"

type Event struct {
	Kind string
	Text string
}

// Bus keeps its callbacks as long as it lives.
type Bus struct {
	mu        sync.RWMutex
	callbacks map[string][]func(Event)
}

func NewBus() *Bus { return &Bus{callbacks: make(map[string][]func(Event))} }

// Subscribe calls fn for each event of a kind.
func (b *Bus) Subscribe(kind string, fn func(Event)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.callbacks[kind] = append(b.callbacks[kind], fn)
}

// Watch calls fn for each event of a kind until stop is called.
func (b *Bus) Watch(kind string, fn func(Event)) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.callbacks[kind] = append(b.callbacks[kind], fn)
	at := len(b.callbacks[kind]) - 1
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.callbacks[kind][at] = func(Event) {}
	}
}

func (b *Bus) Publish(event Event) {
	b.mu.RLock()
	callbacks := b.callbacks[event.Kind]
	b.mu.RUnlock()
	for _, fn := range callbacks {
		fn(event)
	}
}
