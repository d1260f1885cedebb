// Package service makes values that run goroutines, and may fail afterwards.
package service

import (
	"errors"
	"time"
)

var errNoName = errors.New("no name")

// dispatcher runs callbacks in order until it is closed.
type dispatcher struct {
	calls chan func()
}

func (d *dispatcher) run() {
	for {
		call := <-d.calls
		if call == nil {
			return
		}
		call()
	}
}

func (d *dispatcher) close() { close(d.calls) }

type Service struct {
	name     string
	dispatch dispatcher
}

// Add closes the dispatcher on one error path only.
func Add(name string, register func(*Service) error) (*Service, error) {
	s := &Service{name: name, dispatch: dispatcher{calls: make(chan func(), 8)}}
	go s.dispatch.run() // want "The goroutine of `s.dispatch` leaks when line 38 returns an error: nobody calls `close` of `dispatcher`, which is the only thing that ends it"
	if name == "" {
		return nil, errNoName
	}
	if err := register(s); err != nil {
		s.dispatch.close()
		return nil, err
	}
	return s, nil
}

// Careful is quiet: a deferred function closes the dispatcher when it fails.
func Careful(name string) (s *Service, err error) {
	made := &Service{name: name, dispatch: dispatcher{calls: make(chan func(), 8)}}
	go made.dispatch.run()
	defer func() {
		if err != nil {
			made.dispatch.close()
		}
	}()
	if name == "" {
		return nil, errNoName
	}
	return made, nil
}

// Client refreshes what it knows until it is closed.
type Client struct {
	closer chan struct{}
	nodes  []string
}

func NewClient(nodes []string) (*Client, error) {
	if len(nodes) == 0 {
		return nil, errNoName
	}
	c := &Client{closer: make(chan struct{}), nodes: nodes}
	go guarded(c.refresh)
	return c, nil
}

func guarded(work func()) {
	defer func() { _ = recover() }()
	work()
}

func (c *Client) refresh() {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			println(len(c.nodes))
		case <-c.closer:
			return
		}
	}
}

func (c *Client) Leader() (string, error) {
	if len(c.nodes) < 2 {
		return "", errNoName
	}
	return c.nodes[1], nil
}

func (c *Client) Closed() bool { return c.nodes == nil }

func (c *Client) Close() { close(c.closer) }

type Admin struct {
	client *Client
	leader string
}

// NewAdmin drops the client when the rest fails.
func NewAdmin(nodes []string) (*Admin, error) {
	client, err := NewClient(nodes) // want "The goroutine of `client` leaks when `adminOf` fails: nobody calls `Close` of `Client`, which is the only thing that ends it"
	if err != nil {
		return nil, err
	}
	return adminOf(client)
}

func adminOf(client *Client) (*Admin, error) {
	leader, err := client.Leader()
	if err != nil {
		return nil, err
	}
	return &Admin{client: client, leader: leader}, nil
}

// Ask drops the client when there is no leader.
func Ask(nodes []string) (string, error) {
	c, err := NewClient(nodes) // want "The goroutine of `c` leaks when line 136 returns an error"
	if err != nil {
		return "", err
	}
	leader, err := c.Leader()
	if err != nil {
		return "", err
	}
	c.Close()
	return leader, nil
}

// AskSafely is quiet: whatever happens, the client is closed.
func AskSafely(nodes []string) (string, error) {
	c, err := NewClient(nodes)
	if err != nil {
		return "", err
	}
	defer c.Close()
	leader, err := c.Leader()
	if err != nil {
		return "", err
	}
	return leader, nil
}

// AskOpen is quiet: a client that is closed runs nothing.
func AskOpen(nodes []string) (*Client, error) {
	c, err := NewClient(nodes)
	if err != nil {
		return nil, err
	}
	if c.Closed() {
		return nil, errNoName
	}
	return c, nil
}

// Registry is quiet: it keeps the client before it fails.
type Registry struct {
	clients []*Client
}

func (r *Registry) Add(nodes []string) error {
	c, err := NewClient(nodes)
	if err != nil {
		return err
	}
	r.clients = append(r.clients, c)
	if _, err := c.Leader(); err != nil {
		return err
	}
	return nil
}

// Leak adds a service without a name.
func Leak() {
	_, _ = Add("", nil)
	time.Sleep(time.Millisecond)
}
