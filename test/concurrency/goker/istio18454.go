package kernel

import (
	"context"
	"sync"
	"time"
)

type worker struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newWorker() *worker {
	w := &worker{}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w
}

func (w *worker) start(prepare func(), run func(context.Context)) {
	if prepare != nil {
		prepare()
	}
	go func() {
		run(w.ctx)
	}()
}

type calm struct {
	mu     sync.Mutex
	timer  *time.Timer
	resets chan struct{}
	w      *worker
}

func (c *calm) changed() {
	c.mu.Lock()
	if c.timer != nil {
		c.mu.Unlock()
		c.resets <- struct{}{} // leaks
		return
	}
	c.begin()
	c.mu.Unlock()
}

func (c *calm) begin() {
	timer := time.NewTimer(time.Nanosecond)
	c.timer = timer
	c.w.start(nil, func(ctx context.Context) {
		for {
			select {
			case <-timer.C:
			case <-c.resets:
				if !timer.Stop() {
					<-timer.C // leaks
				}
				timer.Reset(time.Nanosecond)
			case <-ctx.Done():
				timer.Stop()
				return
			}
		}
	})
}

type processor struct {
	c      *calm
	w      *worker
	events chan int
}

func (p *processor) start() {
	p.w.start(func() {
		for range 3 {
			p.events <- 0
		}
	}, func(ctx context.Context) {
		defer p.c.w.cancel()
		for {
			select {
			case <-ctx.Done():
				return
			case <-p.events:
				p.c.changed()
			}
		}
	})
}

func Leak() {
	p := &processor{
		c:      &calm{resets: make(chan struct{}, 1), w: newWorker()},
		w:      newWorker(),
		events: make(chan int, 3),
	}
	p.start()
	defer p.w.cancel()
}
