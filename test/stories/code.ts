/** Go code that the stories share. */

/** Leaks: nobody receives once `ctx` is done. The verified fix buffers the channel. */
export const fetching = `package shop

import "context"

func Fetch(ctx context.Context, url string) (string, error) {
	result := make(chan string)
	go func() {
		result <- load(url)
	}()
	select {
	case page := <-result:
		return page, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func load(url string) string { return url }
`;

/** Another function of the same package with the same leak. */
export const secondFetching = fetching
  .replace('func Fetch(', 'func Again(')
  .replace('\nfunc load(url string) string { return url }\n', '');

/** The same without the leak. */
export const fetched = fetching.replace('make(chan string)', 'make(chan string, 1)');

/** What the package was before. */
export const before = {
  'shop.go': 'package shop\n\nfunc load(url string) string { return url }\n',
};

/** Two channels of one function leak when `ctx` is done first. */
export const twoChannels = `package shop

import (
	"context"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

func Fetch(ctx context.Context, url string) (*http.Response, error) {
	val := make(chan *http.Response)
	errs := make(chan error)
	go func() {
		v, err := client.Get(url)
		if err != nil {
			errs <- err
			return
		}
		val <- v
	}()
	select {
	case v := <-val:
		return v, nil
	case err := <-errs:
		return nil, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
`;

/** A loop that ends on Stop; every method that sends to it is stuck afterwards, for one reason. */
export const hub = `package shop

type Hub struct {
	add    chan string
	remove chan string
	list   chan chan int
	done   chan struct{}
	names  map[string]bool
}

func New() *Hub {
	h := &Hub{
		add: make(chan string), remove: make(chan string), list: make(chan chan int),
		done: make(chan struct{}), names: map[string]bool{},
	}
	go h.loop()
	return h
}

func (h *Hub) loop() {
	for {
		select {
		case name := <-h.add:
			h.names[name] = true
		case name := <-h.remove:
			delete(h.names, name)
		case answer := <-h.list:
			answer <- len(h.names)
		case <-h.done:
			return
		}
	}
}

func (h *Hub) Stop() { close(h.done) }

func (h *Hub) Add(name string) { h.add <- name }

func (h *Hub) Remove(name string) { h.remove <- name }

func (h *Hub) Count() int {
	answer := make(chan int)
	h.list <- answer
	return <-answer
}
`;
