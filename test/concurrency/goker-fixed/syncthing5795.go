package fixed

import "sync"

type model struct{}

type connection struct {
	inbox  chan bool
	closed chan bool
	loop   chan bool
	once   sync.Once
}

func (c *connection) start() {
	go c.dispatch()
	go func() {
		select {
		case c.inbox <- true:
		case <-c.closed:
		}
	}()
}

func (c *connection) dispatch() {
	defer close(c.loop)
	for {
		select {
		case <-c.inbox:
			go c.close()
		case <-c.closed:
			return
		}
	}
}

func (c *connection) close() {
	c.once.Do(func() {
		close(c.closed)
		<-c.loop
	})
}

func run() {
	c := &connection{inbox: make(chan bool), closed: make(chan bool), loop: make(chan bool)}
	c.start()
	c.close()
}
