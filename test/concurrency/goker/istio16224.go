package kernel

import "sync"

type change int

type watcher struct {
	handlers []func(change)
	changes  chan change
}

func (w *watcher) run(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case c := <-w.changes:
			w.apply(c)
		}
	}
}

func (w *watcher) apply(c change) {
	for _, handle := range w.handlers {
		handle(c)
	}
}

type monitor interface {
	run(<-chan struct{})
	append(func(change))
	schedule(change)
}

func (w *watcher) append(handle func(change)) {
	w.handlers = append(w.handlers, handle)
}

func (w *watcher) schedule(c change) {
	w.changes <- c
}

type store struct {
	m monitor
}

func Leak() {
	s := &store{m: &watcher{changes: make(chan change)}}
	done := make(chan bool)
	var mu sync.Mutex
	s.m.append(func(change) {
		mu.Lock()
		defer mu.Unlock()
		done <- true // leaks
	})
	stop := make(chan struct{})
	go s.m.run(stop)
	s.m.schedule(0)
	mu.Lock() // leaks
	mu.Unlock()
	<-done
	close(stop)
}
