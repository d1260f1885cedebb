package timer

import "time"

type conn struct {
	slow    *time.Timer
	started chan struct{}
}

func open() *conn {
	c := &conn{started: make(chan struct{})}
	c.slow = time.AfterFunc(time.Hour, func() { c.started <- struct{}{} })
	c.slow.Stop()
	return c
}

func (c *conn) enter() { c.slow.Reset(time.Second) }

// The function runs again after a Reset, so a Stop that comes too late has something to wait for.
func (c *conn) leave() {
	if !c.slow.Stop() {
		<-c.started
	}
}

func (c *conn) Flush(write func()) {
	c.enter()
	defer c.leave()
	write()
}

func Once(write func()) {
	started := make(chan struct{})
	slow := time.AfterFunc(time.Hour, func() { started <- struct{}{} })
	slow.Stop()
	write()
	if !slow.Stop() {
		<-started // want "^`<-started` blocks forever"
	}
}
