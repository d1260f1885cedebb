package kernel

import "sync"

type event int

type viewer struct {
	sync.Mutex
	in      chan event
	out     chan event
	stopped bool
}

func newViewer(first []event) *viewer {
	v := &viewer{in: make(chan event), out: make(chan event)}
	go v.process(first)
	return v
}

func (v *viewer) process(first []event) {
	for _, e := range first {
		v.show(&e)
	}
	defer close(v.out)
	defer v.stop()
	for {
		if _, ok := <-v.in; !ok {
			return
		}
	}
}

func (v *viewer) show(e *event) {
	v.out <- *e // leaks
}

func (v *viewer) stop() {
	v.Lock()
	defer v.Unlock()
	if !v.stopped {
		v.stopped = true
		close(v.in)
	}
}

func Leak() {
	v := newViewer([]event{1, 2})
	v.stop()
}
