package kernel

import "sync"

type pods struct {
	mu      sync.RWMutex
	changes chan bool
	known   int
}

func (p *pods) start() {
	go func() {
		for range 2 {
			p.sync()
		}
	}()
}

func (p *pods) sync() {
	<-p.changes // leaks
	p.forget()
}

func (p *pods) forget() {
	p.mu.Lock() // leaks
	defer p.mu.Unlock()
	p.known--
}

func (p *pods) set() {
	p.mu.Lock() // leaks
	defer p.mu.Unlock()
	p.known++
	p.changes <- true // leaks
}

func Leak() {
	p := &pods{changes: make(chan bool)}
	go p.start()
	go p.set()
	go p.set()
}
