package window

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errLate = errors.New("late")

type item interface{}

type sizeRequest struct{ resp chan uint32 }

// queue hands its items to a loop that is not seen here.
type queue interface{ put(item) error }

type transport struct {
	control queue
	window  uint32
}

func (t *transport) size() int64 {
	resp := make(chan uint32) // want "If `size` returns on line \d+ before it is answered, `r.resp <- w.window` blocks forever: `resp` is unbuffered"
	timer := time.NewTimer(time.Second)
	defer timer.Stop()
	_ = t.control.put(&sizeRequest{resp})
	select {
	case n := <-resp:
		return int64(n)
	case <-timer.C:
		return -1
	}
}

func (t *transport) sizeWithRoom() int64 {
	resp := make(chan uint32, 1)
	_ = t.control.put(&sizeRequest{resp})
	select {
	case n := <-resp:
		return int64(n)
	case <-time.After(time.Second):
		return -1
	}
}

// sizeInTime gives up before it asks, not after.
func (t *transport) sizeInTime(ctx context.Context, requests chan<- *sizeRequest) (uint32, error) {
	resp := make(chan uint32)
	select {
	case requests <- &sizeRequest{resp}:
		return <-resp, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// sizeAtLast takes the answer after all.
func (t *transport) sizeAtLast(ctx context.Context) uint32 {
	resp := make(chan uint32)
	_ = t.control.put(&sizeRequest{resp: resp})
	select {
	case n := <-resp:
		return n
	case <-ctx.Done():
		go func() { <-resp }()
		return 0
	}
}

type writer struct{ window uint32 }

func (w *writer) handle(one item) {
	if r, ok := one.(*sizeRequest); ok {
		r.resp <- w.window
	}
}

// lookup is answered by who looks whether somebody is still there.
type lookup struct {
	key  string
	done chan string
}

func find(ctx context.Context, q queue, key string) (string, error) {
	done := make(chan string)
	_ = q.put(lookup{key: key, done: done})
	select {
	case found := <-done:
		return found, nil
	case <-ctx.Done():
		return "", errLate
	}
}

func answer(ctx context.Context, l lookup, value string) {
	select {
	case l.done <- value:
	case <-ctx.Done():
	}
}

// client keeps who waits for an answer in a table.
type client struct {
	mu      sync.Mutex
	last    int
	pending map[int]chan string
	write   func(id int, question string) error
	read    func() (int, string, error)
}

func (c *client) ask(question string) (string, error) {
	answered := make(chan string) // want "If `ask` returns on line \d+ before it is answered, `waiting <- text` blocks forever"
	c.mu.Lock()
	c.last++
	id := c.last
	c.pending[id] = answered
	c.mu.Unlock()
	defer c.forget(id)
	if err := c.write(id, question); err != nil {
		return "", err
	}
	select {
	case text := <-answered:
		return text, nil
	case <-time.After(time.Second):
		return "", errLate
	}
}

func (c *client) forget(id int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.pending, id)
}

func (c *client) serve() {
	for {
		id, text, err := c.read()
		if err != nil {
			return
		}
		c.mu.Lock()
		waiting := c.pending[id]
		c.mu.Unlock()
		if waiting != nil {
			waiting <- text
		}
	}
}

// registry hands a late comer to who waits for it, unless it is closed.
type registry struct {
	mu      sync.Mutex
	waiting map[string]chan int
	quit    chan struct{}
}

func (r *registry) wait(id string) (int, error) {
	arrived := make(chan int) // want "If `wait` returns on line \d+ before it is answered, `waits <- n` blocks forever"
	r.mu.Lock()
	r.waiting[id] = arrived
	r.mu.Unlock()
	select {
	case n := <-arrived:
		return n, nil
	case <-r.quit:
		return 0, errLate
	}
}

func (r *registry) arrive(id string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if waits, ok := r.waiting[id]; ok {
		delete(r.waiting, id)
		waits <- n
	}
}

func (r *registry) close() { close(r.quit) }
