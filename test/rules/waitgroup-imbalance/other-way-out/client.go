package wayout

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

// client counts the dispatcher before it knows whether anybody will count it back.
type client struct {
	workers sync.WaitGroup
	stop    chan struct{}
	up      func(bool) error
}

func (c *client) start(in <-chan string) error {
	c.stop = make(chan struct{})
	c.workers.Add(1)
	go c.keepAlive()

	c.workers.Add(1)
	acks := dispatch(in)
	if err := c.up(true); err != nil {
		close(c.stop)
		c.workers.Wait() // want "never returns: no `Done` is left to lower the counter .raised on line 22"
		return err
	}
	go func() {
		for range acks {
		}
		c.workers.Done()
	}()
	return nil
}

func (c *client) keepAlive() {
	defer c.workers.Done()
	<-c.stop
}

func dispatch(in <-chan string) <-chan string {
	out := make(chan string, 1)
	go func() {
		defer close(out)
		for s := range in {
			select {
			case out <- s:
			default:
			}
		}
	}()
	return out
}

// server counts right before it starts who counts back.
type server struct {
	workers sync.WaitGroup
	stop    chan struct{}
	up      func(bool) error
}

func (s *server) start(in <-chan string) error {
	s.stop = make(chan struct{})
	s.workers.Add(1)
	go s.keepAlive()
	if err := s.up(true); err != nil {
		close(s.stop)
		s.workers.Wait()
		return errClosed
	}
	s.workers.Add(1)
	go func() {
		defer s.workers.Done()
		for range in {
		}
	}()
	return nil
}

func (s *server) keepAlive() {
	defer s.workers.Done()
	<-s.stop
}
