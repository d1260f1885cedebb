package kernel

import "sync"

type health struct {
	stop chan struct{}
}

func (h *health) end() {
	if h.stop != nil {
		h.stop <- struct{}{} // leaks
	}
}

type tank struct {
	sync.Mutex
	h      *health
	probes int
}

type depot struct {
	t *tank
}

func (d *depot) changed() {
	d.t.Lock() // leaks
	defer d.t.Unlock()
	d.t.h.end()
}

func check(t *tank, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			probe(t)
		}
	}
}

func probe(t *tank) {
	t.Lock() // leaks
	defer t.Unlock()
	t.probes++
}

func Leak() {
	t := &tank{h: &health{make(chan struct{})}}
	d := &depot{t}
	go check(t, t.h.stop)
	go d.changed()
}
