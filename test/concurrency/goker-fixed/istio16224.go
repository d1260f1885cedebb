package fixed

import "sync"

type controller struct {
	mu       sync.Mutex
	handlers []func(int)
	events   chan int
}

func (c *controller) register(h func(int)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.handlers = append(c.handlers, h)
}

func (c *controller) process(stop <-chan struct{}) {
	for {
		select {
		case e := <-c.events:
			c.mu.Lock()
			handlers := append([]func(int){}, c.handlers...)
			c.mu.Unlock()
			for _, h := range handlers {
				h(e)
			}
		case <-stop:
			return
		}
	}
}

func run() {
	c := &controller{events: make(chan int, 4)}
	stop := make(chan struct{})
	defer close(stop)
	done := make(chan bool, 1)
	var lock sync.Mutex
	c.register(func(int) {
		lock.Lock()
		defer lock.Unlock()
		select {
		case done <- true:
		default:
		}
	})
	go c.process(stop)
	c.events <- 1
	<-done
}
