package client

import (
	"context"
	"time"
)

type link interface {
	State() int
	Wait(ctx context.Context, state int) bool
	Close() error
}

type Client struct{ link link }

// The goroutine watches the link of the client, whose Close does not reach it.
func NewClient(l link, log func(int)) *Client {
	c := &Client{link: l}
	go func() { // want "which loops with no way out; `Close` cannot end it"
		for {
			state := l.State()
			log(state)
			l.Wait(context.TODO(), state)
		}
	}()
	return c
}

func (c *Client) Close() error { return c.link.Close() }

type Watch struct{ done chan struct{} }

func NewWatch(report func()) *Watch {
	w := &Watch{done: make(chan struct{})}
	go func() {
		for {
			select {
			case <-w.done:
				return
			case <-time.After(time.Second):
				report()
			}
		}
	}()
	return w
}

func (w *Watch) Close() { close(w.done) }
