package kernel

import "sync"

type rumours struct {
	mu   sync.Mutex
	over bool
}

// spread talks until somebody says that it is over.
func (r *rumours) spread() {
	for {
		r.mu.Lock()
		if r.over {
			break
		}
		r.mu.Unlock()
	}
}

func (r *rumours) listen() {
	for {
		r.mu.Lock() // leaks
		if r.over {
			break
		}
		r.mu.Unlock()
	}
}

func Leak() {
	r := &rumours{over: true}
	go func() {
		r.spread()
		r.listen()
	}()
}
