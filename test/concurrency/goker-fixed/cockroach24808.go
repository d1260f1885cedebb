package fixed

import (
	"context"
	"sync"
)

type stopper struct {
	stop sync.WaitGroup
	quit chan struct{}
}

func (s *stopper) runWorker(ctx context.Context, f func(context.Context)) {
	s.stop.Add(1)
	go func() {
		defer s.stop.Done()
		f(ctx)
	}()
}

func (s *stopper) halt() {
	close(s.quit)
	s.stop.Wait()
}

type compactor struct {
	ch chan struct{}
}

func (c *compactor) start(ctx context.Context, s *stopper) {
	s.runWorker(ctx, func(ctx context.Context) {
		for {
			select {
			case <-s.quit:
				return
			case <-c.ch:
			}
		}
	})
}

func run() {
	s := &stopper{quit: make(chan struct{})}
	defer s.halt()
	c := &compactor{ch: make(chan struct{}, 1)}
	c.ch <- struct{}{}
	c.start(context.Background(), s)
}
