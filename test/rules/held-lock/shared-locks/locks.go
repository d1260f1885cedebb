package locks

import (
	"errors"
	"fmt"
	"sync"
)

var (
	mu      sync.Mutex
	plugins = map[string]func(){}
)

var errDouble = errors.New("registered twice")

func Register(name string, run func()) error {
	mu.Lock() // want "the lock taken on line 17 is not released when its function returns on line 19"
	if _, ok := plugins[name]; ok {
		return errDouble
	}
	plugins[name] = run
	mu.Unlock()
	return nil
}

func Names() []string {
	mu.Lock()
	defer mu.Unlock()
	var names []string
	for name := range plugins {
		names = append(names, name)
	}
	return names
}

// Registry is locked through its own methods.
type Registry struct {
	sync.RWMutex
	items map[string]int
}

func (r *Registry) Set(key string, value int) error {
	r.Lock() // want "the lock taken on line 43 is not released when its function returns on line 45"
	if r.items == nil {
		return fmt.Errorf("no registry for %s", key)
	}
	r.items[key] = value
	r.Unlock()
	return nil
}

func (r *Registry) Get(key string) int {
	r.RLock()
	defer r.RUnlock()
	return r.items[key]
}

var state struct {
	sync.Mutex
	connected map[int]bool
}

func Track(id int) bool {
	state.Lock() // want "the lock taken on line 64 is not released when its function returns on line 66"
	if state.connected[id] {
		return false
	}
	state.connected[id] = true
	state.Unlock()
	return true
}

var (
	turn  sync.Mutex
	turns int
)

// Begin leaves the lock to End.
func Begin() { turn.Lock(); turns++ }

func End() { turn.Unlock() }

// Held is locked by those who use it, in other packages as well.
type Held struct {
	sync.Mutex
	n int
}

func (h *Held) Take() *Held {
	h.Lock()
	h.n++
	return h
}

var tidy sync.Mutex

func Tidy(run func() error) error {
	tidy.Lock()
	if err := run(); err != nil {
		tidy.Unlock()
		return err
	}
	tidy.Unlock()
	return nil
}
