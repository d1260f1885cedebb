package store

import (
	"encoding/json"
	"log"
	"sync"
)

type lookup struct {
	key   string
	value chan string
}

// Store answers only for keys that it has.
type Store struct {
	lookups chan lookup
	data    map[string]string
}

func NewStore(data map[string]string) *Store {
	s := &Store{lookups: make(chan lookup), data: data}
	go s.serve()
	return s
}

func (s *Store) serve() {
	for l := range s.lookups {
		value, ok := s.data[l.key]
		if !ok {
			log.Printf("no %s", l.key)
			continue
		}
		l.value <- value
	}
}

func (s *Store) Get(key string) string {
	l := lookup{key: key, value: make(chan string)}
	s.lookups <- l
	return <-l.value // want "^If the goroutine of `Store` drops the request without an answer, `<-l.value` blocks forever"
}

type job struct {
	payload []byte
	sum     chan<- int
}

// Pool forgets what it cannot read.
type Pool struct {
	jobs chan *job
}

func NewPool(size int) *Pool {
	p := &Pool{jobs: make(chan *job)}
	for i := 0; i < size; i++ {
		go p.work()
	}
	return p
}

func (p *Pool) work() {
	for j := range p.jobs {
		var v struct{ N int }
		if err := json.Unmarshal(j.payload, &v); err != nil {
			log.Print(err)
			continue
		}
		j.sum <- v.N
	}
}

func (p *Pool) Sum(payload []byte) int {
	sum := make(chan int, 1)
	p.jobs <- &job{payload: payload, sum: sum}
	return <-sum // want "^If the goroutine of `Pool` drops the request without an answer"
}

// Careful answers on every way through its loop.
type Careful struct {
	jobs chan *job
}

func NewCareful() *Careful {
	c := &Careful{jobs: make(chan *job)}
	go c.work()
	return c
}

func (c *Careful) work() {
	for j := range c.jobs {
		var v struct{ N int }
		if err := json.Unmarshal(j.payload, &v); err != nil {
			log.Print(err)
			j.sum <- 0
			continue
		}
		j.sum <- v.N
	}
}

func (c *Careful) Sum(payload []byte) int {
	sum := make(chan int, 1)
	c.jobs <- &job{payload: payload, sum: sum}
	return <-sum
}

type wait struct {
	id   int
	done chan struct{}
}

// Later keeps the request, and answers when it is told to.
type Later struct {
	mu    sync.Mutex
	waits chan wait
	kept  map[int]chan struct{}
}

func NewLater() *Later {
	l := &Later{waits: make(chan wait), kept: map[int]chan struct{}{}}
	go l.keep()
	return l
}

func (l *Later) keep() {
	for w := range l.waits {
		l.mu.Lock()
		l.kept[w.id] = w.done
		l.mu.Unlock()
	}
}

func (l *Later) Tell(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if done, ok := l.kept[id]; ok {
		close(done)
		delete(l.kept, id)
	}
}

func (l *Later) Wait(id int) {
	done := make(chan struct{})
	l.waits <- wait{id: id, done: done}
	<-done
}
