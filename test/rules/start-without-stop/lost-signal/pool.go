package pool

import (
	"net"
	"sync"
	"time"
)

type pool struct {
	mu   sync.Mutex
	idle map[net.Conn]time.Time
	exit chan struct{}
}

func open() *pool {
	p := &pool{idle: map[net.Conn]time.Time{}, exit: make(chan struct{})}
	go p.prune()
	return p
}

func (p *pool) prune() {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.closeOld()
		case <-p.exit:
			return
		}
	}
}

func (p *pool) closeOld() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for conn, since := range p.idle {
		if time.Since(since) > time.Hour {
			conn.Close()
		}
	}
}

func (p *pool) Close() {
	select { // want "moves on when nobody receives its value from `exit`: while `.*prune` is busy on line 27"
	case p.exit <- struct{}{}:
	default:
	}
}

// keeper has a buffer for the signal.
type keeper struct {
	exit chan struct{}
	work func()
}

func newKeeper(work func()) *keeper {
	k := &keeper{exit: make(chan struct{}, 1), work: work}
	go k.run()
	return k
}

func (k *keeper) run() {
	for {
		select {
		case <-time.After(time.Minute):
			k.work()
		case <-k.exit:
			return
		}
	}
}

func (k *keeper) Close() {
	select {
	case k.exit <- struct{}{}:
	default:
	}
}

// waker wakes a loop that does not end by it.
type waker struct {
	wake, done chan struct{}
	work       func()
}

func newWaker(work func()) *waker {
	w := &waker{wake: make(chan struct{}), done: make(chan struct{}), work: work}
	go w.run()
	return w
}

func (w *waker) run() {
	for {
		select {
		case <-w.wake:
			w.work()
		case <-w.done:
			return
		}
	}
}

func (w *waker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *waker) Close() { close(w.done) }

// idler does nothing but wait, so that the signal always finds it.
type idler struct{ exit chan struct{} }

func newIdler() *idler {
	i := &idler{exit: make(chan struct{})}
	go i.run()
	return i
}

func (i *idler) run() {
	for {
		select {
		case <-time.After(time.Hour):
		case <-i.exit:
			return
		}
	}
}

func (i *idler) Close() {
	select {
	case i.exit <- struct{}{}:
	default:
	}
}
