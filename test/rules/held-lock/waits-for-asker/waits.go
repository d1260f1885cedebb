package waits

import (
	"sync"
	"time"
)

// Meter holds its lock while it waits for the loop, which counts under the same lock.
type Meter struct {
	mu         sync.Mutex
	stop, done chan struct{}
	ticks      int
}

func NewMeter() *Meter {
	m := &Meter{stop: make(chan struct{}), done: make(chan struct{})}
	go m.loop()
	return m
}

func (m *Meter) loop() {
	defer close(m.done)
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-m.stop:
			return
		case <-ticker.C:
			m.count()
		}
	}
}

func (m *Meter) count() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ticks++
}

func (m *Meter) Close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	close(m.stop)
	<-m.done // want "blocks forever while it holds the lock taken on line 42, which the other side needs on line 36"
}

// Pool waits for its workers with the lock that they take for each job.
type Pool struct {
	mu   sync.RWMutex
	wg   sync.WaitGroup
	jobs chan string
	seen map[string]bool
}

func NewPool() *Pool {
	return &Pool{jobs: make(chan string), seen: map[string]bool{}}
}

func (p *Pool) Start() {
	p.wg.Add(1)
	go p.work()
}

func (p *Pool) work() {
	defer p.wg.Done()
	for job := range p.jobs {
		p.mu.RLock()
		known := p.seen[job]
		p.mu.RUnlock()
		if !known {
			println(job)
		}
	}
}

func (p *Pool) Submit(job string) { p.jobs <- job }

func (p *Pool) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	close(p.jobs)
	p.wg.Wait() // want "blocks forever while it holds the lock taken on line 80, which the other side needs on line 68"
}

// Board holds the lock of a value that lies in the one whose loop it asks.
type Board struct {
	mu    sync.Mutex
	hub   *Hub
	lines []string
}

func (b *Board) Publish(line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hub.send(line)
}

func (b *Board) write(line string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, line)
}

type Hub struct {
	board *Board
	lines chan string
}

func NewHub() *Hub {
	h := &Hub{lines: make(chan string)}
	h.board = &Board{hub: h}
	go h.run()
	return h
}

func (h *Hub) run() {
	for {
		line := <-h.lines
		h.board.write(line)
	}
}

func (h *Hub) Notify(line string) { h.send(line) }

func (h *Hub) send(line string) {
	h.lines <- line // want "blocks forever while it holds the lock taken on line 94, which the other side needs on line 100"
}
