package stream

import "io"

type handler struct {
	in   chan int
	out  chan int
	stop chan struct{}
}

func newHandler() *handler {
	return &handler{in: make(chan int), out: make(chan int), stop: make(chan struct{})}
}

func (h *handler) start() {
	go h.run()
}

func (h *handler) run() {
	for {
		select {
		case v := <-h.in:
			select {
			case h.out <- v:
			case <-h.stop:
				return
			}
		case <-h.stop:
			return
		}
	}
}

func (h *handler) close() {
	close(h.stop)
}

// pump is started by its constructor.
type pump struct {
	stop chan struct{}
}

func newPump(work func()) (*pump, error) {
	p := &pump{stop: make(chan struct{})}
	go p.run(work)
	return p, nil
}

func (p *pump) run(work func()) {
	for {
		select {
		case <-p.stop:
			return
		default:
			work()
		}
	}
}

func (p *pump) Close() error {
	close(p.stop)
	return nil
}

type Stream struct {
	h        *handler
	stopChan chan struct{}
}

func NewStream() *Stream {
	return &Stream{h: newHandler(), stopChan: make(chan struct{})}
}

func (s *Stream) Listen(recv func() (int, error)) error {
	s.h.start() // want "`s.h.start` starts a goroutine that only `close` ends, and nobody calls `h.close`: it outlives the `Stream`"
	for {
		v, err := recv()
		if err != nil {
			return err
		}
		select {
		case s.h.in <- v:
		case <-s.stopChan:
			return nil
		}
	}
}

func (s *Stream) Stop() { close(s.stopChan) }

type Reader struct {
	src  io.Closer
	pump *pump
}

func NewReader(src io.Closer) (*Reader, error) {
	r := &Reader{src: src}
	p, err := newPump(r.refill) // want "`newPump` starts a goroutine that only `Close` ends, and nobody calls `pump.Close`: it outlives the `Reader`"
	if err != nil {
		return nil, err
	}
	r.pump = p
	return r, nil
}

func (r *Reader) refill() {}

func (r *Reader) Close() error {
	return r.src.Close()
}

// Ended by a helper of the stop method.
type Ended struct{ pump *pump }

func NewEnded(work func()) (*Ended, error) {
	p, err := newPump(work)
	if err != nil {
		return nil, err
	}
	return &Ended{pump: p}, nil
}

func (e *Ended) Close() error { return closeAll(e.pump) }

func closeAll(all ...io.Closer) error {
	for _, one := range all {
		if err := one.Close(); err != nil {
			return err
		}
	}
	return nil
}

// Ended by a goroutine of its maker, and given to somebody who may end it.
type Watched struct{ pump *pump }

func NewWatched(work func(), done <-chan struct{}) (*Watched, error) {
	p, err := newPump(work)
	if err != nil {
		return nil, err
	}
	go func() {
		<-done
		_ = p.Close()
	}()
	return &Watched{pump: p}, nil
}

func (w *Watched) Close() {}

// The pump is another's: the values only borrow it.
type Borrower struct{ pump *pump }

func Borrowers(work func(), n int) ([]*Borrower, error) {
	p, err := newPump(work)
	if err != nil {
		return nil, err
	}
	all := make([]*Borrower, 0, n)
	for range n {
		all = append(all, &Borrower{pump: p})
	}
	return all, nil
}

func (b *Borrower) Close() {}

// Without a stop method the values may be as old as the process.
type Plain struct{ pump *pump }

func NewPlain(work func()) (*Plain, error) {
	p, err := newPump(work)
	if err != nil {
		return nil, err
	}
	return &Plain{pump: p}, nil
}

// Its own method ends it under another name.
type Renamed struct{ h *worker }

type worker struct{ stop chan struct{} }

func newWorker() *worker {
	w := &worker{stop: make(chan struct{})}
	go w.loop()
	return w
}

func (w *worker) loop() {
	for {
		select {
		case <-w.stop:
			return
		default:
		}
	}
}

func (w *worker) Stop()       { close(w.stop) }
func (w *worker) cancelWork() { w.Stop() }

func NewRenamed() *Renamed { return &Renamed{h: newWorker()} }

func (r *Renamed) Close() { r.h.cancelWork() }
