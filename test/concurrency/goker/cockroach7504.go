package kernel

import "sync"

type ticket struct {
	mu sync.Mutex
	id int
}

type names struct {
	mu  sync.Mutex
	all map[int]*ticket
}

func (n *names) look(id int) int {
	n.mu.Lock() // leaks
	defer n.mu.Unlock()
	t, ok := n.all[id]
	if !ok {
		return 0
	}
	t.mu.Lock() // leaks
	defer t.mu.Unlock()
	return t.id
}

func (n *names) forget(t *ticket) {
	n.mu.Lock() // leaks
	defer n.mu.Unlock()
	delete(n.all, t.id)
}

type office struct {
	mu    sync.Mutex
	names *names
}

func (o *office) giveBack(t *ticket) {
	o.mu.Lock()
	defer o.mu.Unlock()
	t.mu.Lock() // leaks
	defer t.mu.Unlock()
	o.names.forget(t)
}

func Leak() {
	t := &ticket{id: 1}
	n := &names{all: map[int]*ticket{1: t}}
	o := &office{names: n}
	go n.look(1)
	go o.giveBack(t)
}
