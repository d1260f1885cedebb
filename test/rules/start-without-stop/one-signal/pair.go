package pair

import "time"

// Pair starts two loops that both wait for a value on stop; Stop sends one.
type Pair struct {
	stop chan struct{}
	in   chan int
	sum  int
}

func New() *Pair {
	return &Pair{stop: make(chan struct{}), in: make(chan int)}
}

func (p *Pair) Start() {
	go p.add()
	go p.report()
}

func (p *Pair) Stop() {
	p.stop <- struct{}{} // want "`Stop` sends one value on `p.stop`, but `add` and `report` both wait for it, so one of them leaks"
}

func (p *Pair) add() {
	for {
		select {
		case <-p.stop:
			return
		case n := <-p.in:
			p.sum += n
		}
	}
}

func (p *Pair) report() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-p.stop:
			return
		case <-ticker.C:
			println(p.sum)
		}
	}
}

// Twice is quiet: Stop sends a value for each of the loops.
type Twice struct {
	stop chan struct{}
}

func NewTwice() *Twice {
	t := &Twice{stop: make(chan struct{})}
	go t.first()
	go t.second()
	return t
}

func (t *Twice) first() {
	for {
		select {
		case <-t.stop:
			return
		case <-time.After(time.Second):
		}
	}
}

func (t *Twice) second() {
	for {
		select {
		case <-t.stop:
			return
		case <-time.After(time.Minute):
		}
	}
}

func (t *Twice) Stop() {
	t.stop <- struct{}{}
	t.stop <- struct{}{}
}
