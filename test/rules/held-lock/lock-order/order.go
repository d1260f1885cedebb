package order

import "sync"

// Two locks of one value, taken in opposite orders; one through a helper.
type Pair struct {
	a, b sync.Mutex
	n    int
}

func (p *Pair) Up() {
	p.a.Lock()
	defer p.a.Unlock()
	p.b.Lock() // want "`p.b.Lock\(\)` blocks forever: the lock has been held since line 20 by a goroutine that waits on line 26"
	p.n++
	p.b.Unlock()
}

func (p *Pair) Down() {
	p.b.Lock()
	defer p.b.Unlock()
	p.shrink()
}

func (p *Pair) shrink() {
	p.a.Lock()
	p.n--
	p.a.Unlock()
}

// A tree and its nodes, which know each other.
type Tree struct {
	mu    sync.RWMutex
	nodes map[string]*Node
}

type Node struct {
	mu    sync.Mutex
	owner *Tree
	v     int
}

func (t *Tree) Sum() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	sum := 0
	for _, n := range t.nodes {
		n.mu.Lock() // want "`n.mu.Lock\(\)` blocks forever: the lock has been held since line 56 by a goroutine that waits on line 63"
		sum += n.v
		n.mu.Unlock()
	}
	return sum
}

func (n *Node) Remove(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.v = 0
	n.owner.drop(name)
}

func (t *Tree) drop(name string) {
	t.mu.Lock()
	delete(t.nodes, name)
	t.mu.Unlock()
}

// One function, called twice: the lock of the entry is kept while the map's is taken again.
type Registry struct {
	mu      sync.Mutex
	entries map[string]*entry
}

type entry struct {
	setup sync.Mutex
	value *int
}

func (r *Registry) Get(id string, create func() *int) *int {
	r.mu.Lock()
	e, ok := r.entries[id]
	if !ok {
		e = &entry{}
		r.entries[id] = e
	}
	e.setup.Lock() // want "`e.setup.Lock\(\)` blocks forever: the lock has been held since line 86 by a goroutine that waits on line 94"
	defer e.setup.Unlock()
	value := e.value
	r.mu.Unlock()
	if value != nil {
		return value
	}
	value = create()
	r.mu.Lock()
	e.value = value
	r.mu.Unlock()
	return value
}

// The same order everywhere.
type Ordered struct {
	a, b sync.Mutex
	n    int
}

func (o *Ordered) Up() {
	o.a.Lock()
	defer o.a.Unlock()
	o.b.Lock()
	o.n++
	o.b.Unlock()
}

func (o *Ordered) Down() {
	o.a.Lock()
	o.b.Lock()
	o.n--
	o.b.Unlock()
	o.a.Unlock()
}

// A third lock keeps the two apart.
type Gated struct {
	gate, a, b sync.Mutex
	n          int
}

func (g *Gated) Up() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.a.Lock()
	g.b.Lock()
	g.n++
	g.b.Unlock()
	g.a.Unlock()
}

func (g *Gated) Down() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.downLocked()
}

func (g *Gated) downLocked() {
	g.b.Lock()
	g.a.Lock()
	g.n--
	g.a.Unlock()
	g.b.Unlock()
}

// Released before the other one is asked for.
type Released struct {
	a, b sync.Mutex
	n    int
}

func (r *Released) Up() {
	r.a.Lock()
	r.n++
	r.a.Unlock()
	r.b.Lock()
	r.n++
	r.b.Unlock()
}

func (r *Released) Down(hard bool) {
	r.b.Lock()
	if hard {
		r.b.Unlock()
		r.a.Lock()
		r.n--
		r.a.Unlock()
		return
	}
	r.n--
	r.b.Unlock()
}

// Readers do not exclude each other.
type Readers struct {
	a, b sync.RWMutex
	n    int
}

func (r *Readers) One() int {
	r.a.RLock()
	defer r.a.RUnlock()
	r.b.RLock()
	defer r.b.RUnlock()
	return r.n
}

func (r *Readers) Other() int {
	r.b.RLock()
	defer r.b.RUnlock()
	r.a.RLock()
	defer r.a.RUnlock()
	return r.n
}

// Tried, not waited for.
type Tried struct {
	a, b sync.Mutex
	n    int
}

func (t *Tried) Up() {
	t.a.Lock()
	defer t.a.Unlock()
	t.b.Lock()
	t.n++
	t.b.Unlock()
}

func (t *Tried) Down() {
	t.b.Lock()
	defer t.b.Unlock()
	if t.a.TryLock() {
		t.n--
		t.a.Unlock()
	}
}
