package timer

import "time"

type shard struct {
	period time.Duration
	timer  *time.Timer
	items  chan int
}

func (s *shard) run() {
	if s.period != 0 {
		s.timer = time.NewTimer(s.period)
	}
	for range s.items {
		s.stop()
	}
}

// A timer has a channel, wherever it was made.
func (s *shard) stop() {
	if s.timer != nil && !s.timer.Stop() {
		<-s.timer.C
	}
}

type metrics struct{ values chan int }

var current *metrics

func start() { current = &metrics{values: make(chan int)} }

// Nobody asks before the start.
func (m *metrics) all() <-chan int {
	if m == nil {
		return nil
	}
	return m.values
}

func report(print func(int)) {
	for value := range current.all() {
		print(value)
	}
}

func lost() {
	var never chan int
	<-never // want "^`<-never` blocks forever: `never` is nil here"
}

type worker struct{ ended chan struct{} }

func (w *worker) done() <-chan struct{} { return w.ended }

// A getter of a field promises nothing.
func forget() *worker {
	w := &worker{}
	go func() {
		<-w.done() // want "^`<-w.done\(\)` blocks forever"
	}()
	return w
}
