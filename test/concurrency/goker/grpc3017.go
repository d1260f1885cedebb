package kernel

import (
	"sync"
	"time"
)

type seat int

type held struct {
	seat    seat
	release func()
	kept    bool
}

// hall keeps seats for a while after their guests have left.
type hall struct {
	mu     sync.Mutex
	left   map[string]*held
	guests map[seat]string
}

func (h *hall) sit(guest string) seat {
	h.mu.Lock() // leaks
	defer h.mu.Unlock()
	if one, ok := h.left[guest]; ok {
		one.release()
		delete(h.left, guest)
		return one.seat
	}
	h.guests[1] = guest
	return 1
}

func (h *hall) leave(s seat) {
	h.mu.Lock() // leaks
	defer h.mu.Unlock()
	guest, ok := h.guests[s]
	if !ok {
		return
	}
	one := &held{seat: s}
	h.left[guest] = one
	timer := time.AfterFunc(time.Nanosecond, func() {
		h.mu.Lock() // leaks
		if one.kept {
			return
		}
		delete(h.left, guest)
		delete(h.guests, s)
		h.mu.Unlock()
	})
	one.release = func() {
		if !timer.Stop() {
			one.kept = true
		}
	}
}

func Leak() {
	h := &hall{left: make(map[string]*held), guests: make(map[seat]string)}
	done := make(chan struct{})
	s := h.sit("ada")
	go func() {
		defer close(done)
		for range 2 {
			h.leave(s)
			s = h.sit("ada")
		}
	}()
	<-done // leaks
}
