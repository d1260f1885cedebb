package kernel

import (
	"math/rand"
	"sync"
)

type share interface {
	orDefault() int
	common() int
	setCommon()
}

type memory struct {
	sync.RWMutex
	n int
}

func (m *memory) orDefault() int {
	m.RLock()
	defer m.RUnlock()
	if n, ok := m.own(); ok {
		return n
	}
	return m.common()
}

func (m *memory) own() (int, bool) {
	m.RLock() // leaks
	defer m.RUnlock()
	return m.n, rand.Intn(10) > 5
}

func (m *memory) common() int {
	m.RLock() // leaks
	defer m.RUnlock()
	return m.n
}

func (m *memory) setCommon() {
	m.Lock() // leaks
	defer m.Unlock()
	m.n++
}

type policy struct{}

func (policy) remove(s share) {
	s.common()
	s.setCommon()
}

type manager struct {
	m *memory
}

func (m *manager) reconcile() {
	m.m.orDefault()
}

func Leak() {
	m := &memory{}
	go (&manager{m}).reconcile()
	go policy{}.remove(m)
}
