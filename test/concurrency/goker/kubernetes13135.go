package kernel

import "sync"

type keeping interface {
	replace()
}

type log struct {
	sync.RWMutex
	replaced func()
	added    func()
	entries  int
}

func (l *log) add() {
	l.Lock() // leaks
	l.entries++
	defer l.Unlock()
	l.added()
}

func (l *log) replace() {
	l.Lock() // leaks
	defer l.Unlock()
	l.replaced()
}

type mirror struct {
	k keeping
}

func (m *mirror) list() {
	m.k.replace()
}

// cache holds its lock until the log has been replaced.
type cache struct {
	sync.Mutex
	ready sync.WaitGroup
	first sync.Once
	l     *log
	m     *mirror
	seen  int
}

func (c *cache) begin() {
	c.Lock() // leaks
	c.m.list()
}

func (c *cache) process() {
	c.Lock() // leaks
	defer c.Unlock()
	c.seen++
}

func newCache() *cache {
	l := &log{}
	c := &cache{l: l, m: &mirror{l}}
	c.ready.Add(1)
	l.replaced = func() {
		c.first.Do(c.ready.Done)
		c.Unlock()
	}
	l.added = c.process
	go func() {
		for range 2 {
			c.begin()
		}
	}()
	c.ready.Wait()
	return c
}

func Leak() {
	c := newCache()
	go c.l.add()
}
