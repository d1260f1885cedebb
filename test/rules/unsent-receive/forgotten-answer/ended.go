package store

import "context"

type request struct {
	key    string
	answer chan int
}

// Index ends with its context, and answers only short keys: who asks for a long one waits for that end.
type Index struct {
	ctx      context.Context
	cancel   context.CancelFunc
	requests chan request
}

func NewIndex() *Index {
	ctx, cancel := context.WithCancel(context.Background())
	i := &Index{ctx: ctx, cancel: cancel, requests: make(chan request)}
	go i.loop()
	return i
}

func (i *Index) Close() {
	i.cancel()
}

func (i *Index) loop() {
	known := map[string]int{}
	for {
		select {
		case r := <-i.requests:
			if at, ok := known[r.key]; ok {
				r.answer <- at
				continue
			}
			if len(r.key) < 10 {
				known[r.key] = len(known)
				r.answer <- known[r.key]
			}
		case <-i.ctx.Done():
			return
		}
	}
}

func (i *Index) Ask(key string) int {
	answer := make(chan int, 1)
	select {
	case i.requests <- request{key, answer}:
	case <-i.ctx.Done():
		return 0
	}
	select { // want "^If the goroutine of `Index` drops the request without an answer, this `select` waits until the whole `Index` ends"
	case at := <-answer:
		return at
	case <-i.ctx.Done():
		return 0
	}
}

// AskFor gives up with its caller.
func (i *Index) AskFor(ctx context.Context, key string) int {
	answer := make(chan int, 1)
	select {
	case i.requests <- request{key, answer}:
	case <-ctx.Done():
		return 0
	}
	select {
	case at := <-answer:
		return at
	case <-ctx.Done():
		return 0
	}
}

// Sure answers everything.
type Sure struct {
	stop     chan struct{}
	requests chan request
}

func NewSure() *Sure {
	s := &Sure{stop: make(chan struct{}), requests: make(chan request)}
	go s.loop()
	return s
}

func (s *Sure) Close() {
	close(s.stop)
}

func (s *Sure) loop() {
	for {
		select {
		case r := <-s.requests:
			if r.key == "" {
				r.answer <- 0
				continue
			}
			r.answer <- len(r.key)
		case <-s.stop:
			return
		}
	}
}

func (s *Sure) Ask(key string) int {
	answer := make(chan int, 1)
	select {
	case s.requests <- request{key, answer}:
	case <-s.stop:
		return 0
	}
	select {
	case at := <-answer:
		return at
	case <-s.stop:
		return 0
	}
}
