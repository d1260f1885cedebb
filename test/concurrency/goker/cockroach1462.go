package kernel

import "sync"

type host struct {
	quit   chan struct{}
	guests sync.WaitGroup
}

func (h *host) invite(visit func()) {
	h.guests.Add(1)
	go func() {
		defer h.guests.Done()
		visit()
	}()
}

func (h *host) leaving() <-chan struct{} {
	return h.quit
}

func (h *host) closeHouse() {
	close(h.quit)
	h.guests.Wait() // leaks
}

type wire struct {
	letters chan int
	h       *host
}

// post writes letters for as long as the house is open.
func (w *wire) post() {
	w.h.invite(func() {
		for {
			select {
			case <-w.h.leaving():
				return
			default:
				w.letters <- 1 // leaks
			}
		}
	})
}

func (w *wire) read() {
	for {
		select {
		case <-w.letters:
		case <-w.h.leaving():
			return
		}
	}
}

func Leak() {
	h := &host{quit: make(chan struct{})}
	w := &wire{letters: make(chan int), h: h}
	w.post()
	h.invite(w.read)
	h.closeHouse()
}
