package forgotten

import (
	"time"
)

// Worker runs until it is stopped; who forgets to stop it leaves it running.
type Worker struct {
	stop chan struct{}
	n    int
}

func NewWorker() *Worker {
	w := &Worker{stop: make(chan struct{})}
	go w.run()
	return w
}

func (w *Worker) run() {
	for {
		select { // want "loops forever: `<-w.stop` can never become ready after `Forgotten` returns"
		case <-w.stop:
			return
		case <-time.After(time.Second):
			w.n++
		}
	}
}

func (w *Worker) Do(s string) { println(s) }

func (w *Worker) Stop() { close(w.stop) }

func Forgotten(names []string) {
	w := NewWorker()
	for _, n := range names {
		w.Do(n)
	}
}

func Fine(names []string) {
	w := NewWorker()
	defer w.Stop()
	for _, n := range names {
		w.Do(n)
	}
}

func Handed(names []string, keep func(*Worker)) {
	w := NewWorker()
	keep(w)
}

// NewNamed hands on what it makes.
func NewNamed(name string) *Worker {
	println(name)
	return NewWorker()
}
