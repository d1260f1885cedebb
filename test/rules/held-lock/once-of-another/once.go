package once

import "sync"

type plan struct {
	once sync.Once
	mu   sync.Mutex
	days int
}

// count wants to be told whether the lock is still to be taken.
func (p *plan) count(lock bool) {
	p.once.Do(func() { // want "`p.once.Do\(...\)` blocks forever: the function that it runs in another goroutine waits on line 15"
		if lock {
			p.mu.Lock()
			defer p.mu.Unlock()
		}
		p.days++
	})
}

func (p *plan) update() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count(false)
}

func both() {
	p := &plan{}
	go p.update()
	go p.count(true)
}

// apart enters the Once with the lock held, or without need of it.
func apart() {
	p := &plan{}
	go p.update()
	go p.count(false)
}
