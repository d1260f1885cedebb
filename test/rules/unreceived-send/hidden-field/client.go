package client

import "context"

type command struct{ answer chan error }

type Client struct {
	commands chan command
	Events   chan string
}

// The commands are for the client's own loop: nobody outside can read them.
func NewClient(ctx context.Context, retry func() bool) *Client {
	c := &Client{commands: make(chan command), Events: make(chan string)}
	go c.loop(ctx)
	go c.reconnect(ctx, retry)
	return c
}

func (c *Client) loop(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case one := <-c.commands:
			one.answer <- nil
		}
	}
}

func (c *Client) reconnect(ctx context.Context, retry func() bool) {
	for retry() {
		answer := make(chan error, 1)
		c.commands <- command{answer: answer}
		<-answer
	}
}

func NewTicker(ctx context.Context, next func() string) *Client {
	c := &Client{Events: make(chan string)}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			default:
			}
			c.Events <- next() // want "^If the caller of `NewTicker` stops reading"
		}
	}()
	return c
}

type entry interface{ Hash() string }

type Entry struct{ chunks []string }

func (e *Entry) GetChunks() []string { return e.chunks }

func copyAll(from *Entry, limit func(func()), copyOne func(string) error) error {
	failed := make(chan error, len(from.GetChunks()))
	for _, chunk := range from.GetChunks() {
		limit(func() { failed <- copyOne(chunk) })
	}
	for range len(from.GetChunks()) {
		if err := <-failed; err != nil {
			return err
		}
	}
	return nil
}
