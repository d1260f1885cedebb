package next

import (
	"context"
	"errors"
	"os"
	"sync"
)

var errFull = errors.New("full")

// Gate keeps its lock when it is full, and waits for others without it.
type Gate struct {
	mu      sync.Mutex
	free    int
	most    int
	waiting []chan struct{}
}

func (g *Gate) Enter(ctx context.Context) error {
	g.mu.Lock() // want "the lock taken on line 21 is not released when its function returns on line 28"
	if g.free > 0 {
		g.free--
		g.mu.Unlock()
		return nil
	}
	if len(g.waiting) >= g.most {
		return errFull
	}
	ready := make(chan struct{})
	g.waiting = append(g.waiting, ready)
	g.mu.Unlock()
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Cache forgets the read lock; the writer is the one that blocks.
type Cache struct {
	mu    sync.RWMutex
	files map[string]*os.File
}

func (c *Cache) Size(name string) (int64, error) {
	c.mu.RLock() // want "is not released when its function returns on line 56: `c.mu.Lock..` on line 63 then blocks forever"
	file := c.files[name]
	if file == nil {
		c.mu.RUnlock()
		return 0, os.ErrNotExist
	}
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	c.mu.RUnlock()
	return info.Size(), nil
}

func (c *Cache) Put(name string, file *os.File) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files[name] = file
}

type journal struct {
	mu    sync.Mutex
	lines []string
	err   error
}

func (j *journal) flush(write func(string) error) {
	j.mu.Lock() // want "the lock taken on line 75 is not released when its function returns on line 79"
	for _, line := range j.lines {
		switch err := write(line); {
		case errors.Is(err, os.ErrClosed):
			return
		case err != nil:
			j.err = err
		}
	}
	j.lines = nil
	j.mu.Unlock()
}

// Shelf is locked by one method and unlocked by another: both are for its callers.
type Shelf struct {
	mu    sync.Mutex
	books []string
}

func (s *Shelf) Open() error {
	s.mu.Lock()
	if s.books == nil {
		s.mu.Unlock()
		return errFull
	}
	return nil
}

func (s *Shelf) Shut() { s.mu.Unlock() }

// Lease hands the release to its caller.
type Lease struct {
	mu   sync.Mutex
	used bool
}

func (l *Lease) Take() (func(), error) {
	l.mu.Lock()
	if l.used {
		l.mu.Unlock()
		return nil, errFull
	}
	l.used = true
	return func() { l.mu.Unlock() }, nil
}

// Table releases in a part of the method.
type Table struct {
	mu   sync.Mutex
	rows []string
}

func (t *Table) Pop() (string, bool) {
	t.mu.Lock()
	if len(t.rows) == 0 {
		t.leave()
		return "", false
	}
	row := t.rows[0]
	t.rows = t.rows[1:]
	t.leave()
	return row, true
}

func (t *Table) leave() { t.mu.Unlock() }

// Pages panics with the lock: nobody goes on then.
type Pages struct {
	mu    sync.Mutex
	pages []string
}

func (p *Pages) At(i int) string {
	p.mu.Lock()
	if i >= len(p.pages) {
		panic("no such page")
	}
	page := p.pages[i]
	p.mu.Unlock()
	return page
}

// Held says that it keeps the lock.
type Held struct {
	mu sync.Mutex
	n  int
}

// start returns holding the lock when there is work.
func (h *Held) start() bool {
	h.mu.Lock()
	if h.n == 0 {
		h.mu.Unlock()
		return false
	}
	return true
}

func (h *Held) run() {
	if h.start() {
		h.n--
		h.mu.Unlock()
	}
}

// Retry takes the lock again in each round.
type Retry struct {
	mu   sync.Mutex
	left int
}

func (r *Retry) Do(try func() error) error {
	for {
		r.mu.Lock()
		if r.left == 0 {
			r.mu.Unlock()
			return errFull
		}
		r.left--
		r.mu.Unlock()
		if try() == nil {
			return nil
		}
	}
}
