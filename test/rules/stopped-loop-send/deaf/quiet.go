package deaf

import "sync"

// Guarded keeps the stop out while it sends.
type Guarded struct {
	mu     sync.RWMutex
	closed bool
	in     chan int
	other  chan int
	quit   chan struct{}
}

func NewGuarded() *Guarded {
	return &Guarded{in: make(chan int), other: make(chan int), quit: make(chan struct{})}
}

func (g *Guarded) Run(do func(int)) {
	for {
		select {
		case n := <-g.in:
			do(n)
		case n := <-g.other:
			do(n)
		case <-g.quit:
			return
		}
	}
}

func (g *Guarded) Stop() {
	g.mu.Lock()
	g.closed = true
	close(g.quit)
	g.mu.Unlock()
}

func (g *Guarded) Add(n int) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if !g.closed {
		g.in <- n
	}
}

func (g *Guarded) Try(n int) {
	select {
	case g.other <- n:
	case <-g.quit:
	}
}

// Counted waits for who sends before it stops.
type Counted struct {
	senders sync.WaitGroup
	in      chan int
	other   chan int
	quit    chan struct{}
}

func NewCounted() *Counted {
	return &Counted{in: make(chan int), other: make(chan int), quit: make(chan struct{})}
}

func (c *Counted) Run(do func(int)) {
	for {
		select {
		case n := <-c.in:
			do(n)
		case n := <-c.other:
			do(n)
		case <-c.quit:
			return
		}
	}
}

func (c *Counted) Stop() {
	c.senders.Wait()
	close(c.quit)
}

func (c *Counted) Add(n int) {
	defer c.senders.Done()
	c.in <- n
}

func (c *Counted) Try(n int) {
	select {
	case c.other <- n:
	case <-c.quit:
	}
}

// Batch is filled and stopped by one function.
type Batch struct {
	in    chan int
	other chan int
	quit  chan struct{}
}

func NewBatch() *Batch {
	return &Batch{in: make(chan int), other: make(chan int), quit: make(chan struct{})}
}

func (b *Batch) run(do func(int)) {
	for {
		select {
		case n := <-b.in:
			do(n)
		case n := <-b.other:
			do(n)
		case <-b.quit:
			return
		}
	}
}

func (b *Batch) Fill(ns []int, do func(int)) {
	go b.run(do)
	for _, n := range ns {
		b.add(n)
	}
	close(b.quit)
}

func (b *Batch) add(n int) { b.in <- n }

func (b *Batch) Try(n int) {
	select {
	case b.other <- n:
	case <-b.quit:
	}
}

// Plain shows nothing of what its author knows: its users call Add before Stop.
type Plain struct {
	in   chan int
	quit chan struct{}
}

func StartPlain(do func(int)) *Plain {
	p := &Plain{in: make(chan int, 4), quit: make(chan struct{})}
	go func() {
		for {
			select {
			case n := <-p.in:
				do(n)
			case <-p.quit:
				return
			}
		}
	}()
	return p
}

func (p *Plain) Stop() { close(p.quit) }

// Mailbox has room for the newest value, which one goroutine puts there.
type Mailbox struct {
	newest chan int
	other  chan int
	quit   chan struct{}
}

func NewMailbox() *Mailbox {
	return &Mailbox{newest: make(chan int, 1), other: make(chan int), quit: make(chan struct{})}
}

func (m *Mailbox) run(do func(int)) {
	for {
		select {
		case n := <-m.newest:
			do(n)
		case n := <-m.other:
			do(n)
		case <-m.quit:
			return
		}
	}
}

func (m *Mailbox) Stop() { close(m.quit) }

func (m *Mailbox) Put(n int) {
	select {
	case <-m.newest:
	default:
	}
	m.newest <- n
}

func (m *Mailbox) Try(n int) {
	select {
	case m.other <- n:
	case <-m.quit:
	}
}

// Counter closes its last producer's door itself: who sends is a producer still.
type Counter struct {
	mu        sync.Mutex
	producers int
	closed    bool
	in        chan int
	done      chan struct{}
	ended     chan struct{}
}

func NewCounter() *Counter {
	return &Counter{in: make(chan int, 4), done: make(chan struct{}), ended: make(chan struct{})}
}

func (c *Counter) Run(do func(int)) {
	defer close(c.ended)
	for {
		select {
		case n := <-c.in:
			do(n)
		case <-c.done:
			for {
				select {
				case n := <-c.in:
					do(n)
				default:
					return
				}
			}
		}
	}
}

func (c *Counter) Add(n int) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
	c.in <- n
}

func (c *Counter) Leave() {
	c.mu.Lock()
	c.producers--
	last := c.producers == 0
	c.closed = c.closed || last
	c.mu.Unlock()
	if last {
		close(c.done)
		<-c.ended
	}
}

// Process has room for its one result.
type Process struct {
	result chan error
	closed chan struct{}
}

func Run(work func() error) *Process {
	p := &Process{result: make(chan error, 1), closed: make(chan struct{})}
	go func() { p.result <- work() }()
	return p
}

func (p *Process) Wait() error {
	select {
	case err := <-p.result:
		return err
	case <-p.closed:
		return nil
	}
}

func (p *Process) Close() { close(p.closed) }
