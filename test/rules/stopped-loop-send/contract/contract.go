package contract

type Worker struct {
	jobs chan int
	work chan int
	exit chan struct{}
}

func New() *Worker {
	w := &Worker{jobs: make(chan int), work: make(chan int), exit: make(chan struct{})}
	go w.collect()
	go w.run()
	return w
}

func (w *Worker) collect() {
	for {
		select {
		case j := <-w.jobs:
			w.work <- j // want "If `Close` is called meanwhile, `w.work <- j` blocks forever"
		case <-w.exit:
			return
		}
	}
}

func (w *Worker) run() {
	for {
		select {
		case <-w.work:
		case <-w.exit:
			return
		}
	}
}

// Put gives up when the worker is closed.
func (w *Worker) Put(j int) {
	select {
	case w.jobs <- j:
	case <-w.exit:
	}
}

// Force does not give up.
func (w *Worker) Force(j int) {
	w.jobs <- j // want "If `Force` is called while or after `Close` runs, `w.jobs <- j` blocks forever"
}

func (w *Worker) Close() {
	close(w.exit)
}
