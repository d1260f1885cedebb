package poller

import (
	"context"
	"sync"
	"time"
)

// Poller has a context that Stop ends, and a WaitGroup that Stop waits for.
type Poller struct {
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
	update func()
	wake   chan int
}

func New(update func()) *Poller {
	ctx, cancel := context.WithCancel(context.Background())
	return &Poller{ctx: ctx, cancel: cancel, update: update, wake: make(chan int, 1)}
}

func (p *Poller) Start() {
	go p.loop() // want "`Poller` starts `p.loop`, which loops with no way out; `Stop` cannot end it"

	go p.listen() // want "`Poller` starts `p.listen`, which loops with no way out"

	p.wg.Add(1)
	go p.watch()
}

func (p *Poller) Stop() {
	p.cancel()
	p.wg.Wait()
}

func (p *Poller) loop() {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.update()
		case <-p.wake:
			p.update()
		}
	}
}

func (p *Poller) listen() {
	for {
		n := <-p.wake
		for range n {
			p.update()
		}
	}
}

// watch is quiet: Stop ends the context.
func (p *Poller) watch() {
	defer p.wg.Done()
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-time.After(time.Second):
			p.update()
		}
	}
}
