package kernel

import (
	"context"
	"sync"
)

type noter func(context.Context)

type lender struct {
	mu    sync.RWMutex
	note  noter
	notes int
}

func (l *lender) write() {
	l.mu.Lock() // leaks
	defer l.mu.Unlock()
	l.notes++
}

func (l *lender) setNoter(n noter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.note = n
}

// prolong lets the noter write, who may come back to the lender.
func (l *lender) prolong() {
	l.mu.Lock()
	unlock := func() { l.mu.Unlock() }
	defer func() { unlock() }()
	if l.note != nil {
		l.note(context.Background())
	}
}

func Leak() {
	l := &lender{}
	l.setNoter(func(context.Context) {
		l.write()
	})
	l.prolong()
}
