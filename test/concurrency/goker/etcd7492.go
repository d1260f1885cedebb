package kernel

import (
	"sync"
	"time"
)

type badges interface {
	hand()
	enable()
	disable()
}

type guard struct {
	seen   map[string]time.Time
	add    chan struct{}
	stop   chan chan struct{}
	forget func(string)
}

func newGuard(forget func(string)) *guard {
	g := &guard{seen: make(map[string]time.Time), add: make(chan struct{}, 1), forget: forget}
	g.stop = make(chan chan struct{})
	go g.run()
	return g
}

func (g *guard) run() {
	ticker := time.NewTicker(time.Nanosecond)
	defer ticker.Stop()
	for {
		select { // leaks
		case <-g.add:
			g.seen["one"] = time.Now()
		case <-ticker.C:
			for name := range g.seen {
				g.forget(name)
				delete(g.seen, name)
			}
		case reply := <-g.stop:
			reply <- struct{}{}
			return
		}
	}
}

func (g *guard) addBadge() {
	g.add <- struct{}{} // leaks
}

func (g *guard) halt() {
	reply := make(chan struct{})
	g.stop <- reply
	<-reply
}

type register struct {
	g  *guard
	mu sync.Mutex
	n  int
}

func (r *register) hand() {
	r.mu.Lock()
	r.g.addBadge()
	r.mu.Unlock()
}

func (r *register) enable() {
	r.g = newGuard(func(string) {
		r.mu.Lock() // leaks
		defer r.mu.Unlock()
	})
}

func (r *register) disable() {
	r.g.halt()
	r.mu.Lock()
	r.n = 0
	r.mu.Unlock()
}

type lobby struct {
	b badges
}

func (l *lobby) enter() {
	l.b.hand()
}

func Leak() {
	l := &lobby{b: &register{}}
	l.b.enable()
	defer l.b.disable()
	var visitors sync.WaitGroup
	visitors.Add(3)
	for range 3 {
		go func() {
			defer visitors.Done()
			l.enter()
		}()
	}
	visitors.Wait() // leaks
}
