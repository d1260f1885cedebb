package broadcast

import (
	"context"
	"sync"
)

type client struct {
	out chan string
}

// write ends with the client's connection, and then nobody receives from out.
func (c *client) write(gone <-chan struct{}, print func(string)) {
	for {
		select {
		case <-gone:
			return
		case line := <-c.out:
			print(line)
		}
	}
}

func newClient() *client {
	return &client{out: make(chan string, 8)}
}

// Hub has a WaitGroup that Close waits for, and a context that Close ends.
type Hub struct {
	ctx     context.Context
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	mu      sync.Mutex
	clients []*client
}

func NewHub() *Hub {
	ctx, cancel := context.WithCancel(context.Background())
	return &Hub{ctx: ctx, cancel: cancel}
}

func (h *Hub) Close() {
	h.cancel()
	h.wg.Wait()
}

func (h *Hub) Join(gone <-chan struct{}, print func(string)) {
	c := newClient()
	h.mu.Lock()
	h.clients = append(h.clients, c)
	h.mu.Unlock()
	c.write(gone, print)
}

func (h *Hub) Broadcast(line string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.clients {
		go h.send(c, line) // want "`h.send` is started for each element of `h.clients` and nobody waits for it, while its send on `c.out` blocks forever"
	}
}

func (h *Hub) send(c *client, line string) {
	c.out <- line
}

// Greet is quiet: Close waits for the goroutine, and the send gives up with the context.
func (h *Hub) Greet(line string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.clients {
		h.wg.Add(1)
		go func() {
			defer h.wg.Done()
			select {
			case c.out <- line:
			case <-h.ctx.Done():
			}
		}()
	}
}

// Offer is quiet: the select has a default.
func (h *Hub) Offer(line string) {
	for _, c := range h.clients {
		go func() {
			select {
			case c.out <- line:
			default:
			}
		}()
	}
}
