package kernel

import "sync"

type box interface {
	get()
	put()
}

type bin struct {
	filled *sync.Cond
}

func (b *bin) get() {
	b.filled.L.Lock()
	defer b.filled.L.Unlock()
	b.filled.Wait() // leaks
}

func (b *bin) put() {
	b.filled.Signal()
}

type plant struct {
	mu sync.RWMutex
	b  box
}

// work lets nobody rearrange the plant while it works.
func (p *plant) work() {
	p.mu.RLock() // leaks
	defer p.mu.RUnlock()
	p.b.get()
}

func (p *plant) rearrange() {
	for range 100_000 {
		p.mu.Lock() // leaks
		p.mu.Unlock()
	}
}

func Leak() {
	p := &plant{b: &bin{filled: sync.NewCond(&sync.Mutex{})}}
	go p.work()
	go p.rearrange()
	for range 100_000 {
		p.b.put()
	}
}
