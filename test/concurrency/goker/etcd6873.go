package kernel

import "sync"

type news struct{}

type desk struct {
	mu    sync.Mutex
	read  int
	fresh chan *news
	done  chan struct{}
}

func newDesk() *desk {
	d := &desk{fresh: make(chan *news, 1), done: make(chan struct{})}
	go func() {
		defer close(d.done)
		for n := range d.fresh {
			d.merge(n)
		}
	}()
	return d
}

func (d *desk) merge(*news) {
	d.mu.Lock() // leaks
	d.read++
	d.mu.Unlock()
}

func (d *desk) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.fresh)
	<-d.done // leaks
}

func (d *desk) update(n *news) {
	select {
	case d.fresh <- n:
	default:
	}
}

func Leak() {
	d := newDesk()
	d.update(&news{})
	go d.stop()
}
