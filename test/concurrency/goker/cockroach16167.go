package kernel

import "sync"

type statement struct {
	of *session
}

func (s statement) make(e *engine) {
	e.prepare(s.of)
}

type session struct {
	first statement
}

func (s *session) reset(e *engine) {
	e.tables()
}

type engine struct {
	changed *sync.Cond
	config  sync.RWMutex
	version int
}

// run waits for the configuration with a condition whose lock is the read lock.
func (e *engine) run(s *session) {
	e.changed.L.Lock() // leaks
	defer e.changed.L.Unlock()
	s.first.make(e)
}

func (e *engine) prepare(s *session) {
	s.reset(e)
}

func (e *engine) tables() int {
	e.config.RLock() // leaks
	defer e.config.RUnlock()
	return e.version
}

func (e *engine) update() {
	e.config.Lock() // leaks
	defer e.config.Unlock()
	e.version++
}

func Leak() {
	s := &session{}
	s.first = statement{s}
	e := &engine{}
	e.changed = sync.NewCond(e.config.RLocker())
	go e.update()
	e.run(s)
}
