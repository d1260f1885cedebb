package kernel

import "sync"

type address int

type mapping struct {
	mu    sync.RWMutex
	known map[string]address
	heard int
}

func (m *mapping) clear() {
	m.mu.Lock()
	var gone []address
	for name, at := range m.known {
		gone = append(gone, at)
		delete(m.known, name)
	}
	if len(gone) > 0 {
		m.tell(gone)
	}
	m.mu.Unlock()
}

func (m *mapping) tell(gone []address) int {
	m.mu.RLock() // leaks
	defer m.mu.RUnlock()
	return m.heard + len(gone)
}

type router struct {
	mu       sync.RWMutex
	mappings []*mapping
}

func (r *router) add() *mapping {
	m := &mapping{known: make(map[string]address)}
	r.mu.Lock()
	r.mappings = append(r.mappings, m)
	r.mu.Unlock()
	return m
}

func (r *router) remove(m *mapping) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range r.mappings {
		if one == m {
			m.clear()
		}
	}
}

func Leak() {
	r := &router{}
	m := r.add()
	m.known["home"] = 0
	r.remove(m)
}
