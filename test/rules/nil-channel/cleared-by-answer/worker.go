package worker

import "context"

type worker struct {
	quit chan struct{}
	gone chan struct{}
}

func (w *worker) loop() {
	defer func() { w.gone <- struct{}{} }()
	<-w.quit
}

func (w *worker) begin() {
	if w.gone != nil {
		return
	}
	w.gone = make(chan struct{}, 1)
	w.quit = make(chan struct{}, 1)
	go w.loop()
}

// It clears the field only when the loop has answered.
func (w *worker) end(ctx context.Context) error {
	w.quit <- struct{}{}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-w.gone:
		w.gone = nil
		return nil
	}
}

func runWorker(ctx context.Context, w *worker, work func()) error {
	w.begin()
	work()
	return w.end(ctx)
}

type eager struct {
	quit chan struct{}
	gone chan struct{}
}

func runEager(work func()) {
	e := &eager{quit: make(chan struct{})}
	go func() {
		<-e.quit
		e.gone <- struct{}{} // want "`e.gone <- struct\{\}\{\}` blocks forever: `e.gone` is nil here"
	}()
	work()
	close(e.quit)
}
