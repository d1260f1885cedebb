package fixed

type event int

type watcher struct {
	input  chan *event
	result chan event
	stop   chan struct{}
}

func newWatcher(size int, initial []event) *watcher {
	w := &watcher{input: make(chan *event, size), result: make(chan event, size), stop: make(chan struct{})}
	go w.process(initial)
	return w
}

func (w *watcher) process(initial []event) {
	for i := range initial {
		if !w.send(&initial[i]) {
			return
		}
	}
	for {
		select {
		case e, ok := <-w.input:
			if !ok || !w.send(e) {
				return
			}
		case <-w.stop:
			return
		}
	}
}

func (w *watcher) send(e *event) bool {
	select {
	case w.result <- *e:
		return true
	case <-w.stop:
		return false
	}
}

func run() {
	w := newWatcher(0, []event{1})
	close(w.stop)
}
