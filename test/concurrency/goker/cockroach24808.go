package kernel

import (
	"context"
	"sync"
)

type janitor struct {
	calls chan struct{}
}

type house struct {
	staff sync.WaitGroup
	quit  chan struct{}
}

func (h *house) hire(ctx context.Context, work func(context.Context)) {
	h.staff.Add(1)
	go func() {
		defer h.staff.Done()
		work(ctx)
	}()
}

// start calls the janitor once for what was left over.
func (j *janitor) start(ctx context.Context, h *house) {
	j.calls <- struct{}{} // leaks
	h.hire(ctx, func(context.Context) {
		for {
			select {
			case <-h.quit:
				return
			case <-j.calls:
			}
		}
	})
}

func Leak() {
	h := &house{quit: make(chan struct{})}
	defer close(h.quit)
	j := &janitor{calls: make(chan struct{}, 1)}
	j.calls <- struct{}{}
	j.start(context.Background(), h)
}
