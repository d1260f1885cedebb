package counter

import "context"

type Counter struct {
	ctx    context.Context
	cancel context.CancelFunc
	add    chan int
	total  int
}

func New() *Counter {
	ctx, cancel := context.WithCancel(context.Background())
	return &Counter{ctx: ctx, cancel: cancel, add: make(chan int)}
}

func (c *Counter) loop() {
	for {
		select {
		case n := <-c.add:
			c.total += n
		case <-c.ctx.Done():
			return
		}
	}
}

func (c *Counter) Add(n int) {
	c.add <- n // want "`c.add <- n` blocks forever once .* returns on line 23 on `<-c.ctx.Done\(\)`"
}

func (c *Counter) TryAdd(n int) {
	select {
	case c.add <- n:
	case <-c.ctx.Done():
	}
}

func use() {
	c := New()
	go c.loop()
	c.cancel()
	c.TryAdd(1)
	c.Add(1)
}
