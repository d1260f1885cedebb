package kernel

import (
	"sync"
	"sync/atomic"
)

const (
	open uint32 = iota
	closed
)

type chute struct {
	status uint32
	rows   chan int
}

func (c *chute) push() uint32 {
	status := atomic.LoadUint32(&c.status)
	if status == open {
		c.rows <- 0 // leaks
	}
	return status
}

// consumerGone lets the one who pushes go, and nobody push any more.
func (c *chute) consumerGone() {
	atomic.StoreUint32(&c.status, closed)
	select {
	case <-c.rows:
	default:
	}
}

type outlet struct {
	chute
}

func (o *outlet) start(group *sync.WaitGroup) {
	group.Add(1)
	go o.run(group)
}

func (o *outlet) run(group *sync.WaitGroup) {
	defer group.Done()
}

func Leak() {
	o := &outlet{chute{rows: make(chan int, 2)}}
	for range 2 {
		o.push()
	}
	var pusher, group sync.WaitGroup
	pusher.Add(1)
	go func() {
		defer pusher.Done()
		o.push()
	}()
	o.start(&group)
	group.Wait()
	o.push()
	pusher.Wait() // leaks
}
