package kernel

import "sync"

type listener struct {
	heard chan struct{}
	radio *radio
	id    int
}

func (l *listener) stop() {
	l.radio.remove(l.id)
}

type radio struct {
	mu        sync.Mutex
	listeners map[int]*listener
}

func newRadio() *radio {
	r := &radio{listeners: make(map[int]*listener)}
	go r.play()
	return r
}

func (r *radio) listen() *listener {
	r.mu.Lock() // leaks
	defer r.mu.Unlock()
	l := &listener{heard: make(chan struct{}), radio: r, id: len(r.listeners)}
	r.listeners[l.id] = l
	return l
}

func (r *radio) play() {
	for range 2 {
		r.send()
	}
}

func (r *radio) send() {
	r.mu.Lock() // leaks
	defer r.mu.Unlock()
	for _, l := range r.listeners {
		l.heard <- struct{}{} // leaks
	}
}

func (r *radio) remove(id int) {
	r.mu.Lock() // leaks
	defer r.mu.Unlock()
	l, ok := r.listeners[id]
	if !ok {
		return
	}
	delete(r.listeners, id)
	close(l.heard)
}

func Leak() {
	go func() {
		r := newRadio()
		r.listen().stop()
	}()
}
