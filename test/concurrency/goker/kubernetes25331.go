package kernel

import (
	"context"
	"errors"
)

type outlook struct {
	ctx     context.Context
	cancel  context.CancelFunc
	results chan bool
	errs    chan error
}

func (o *outlook) stop() {
	o.errs <- errors.New("enough")
	o.cancel()
}

func (o *outlook) run() {
	select {
	case err := <-o.errs:
		bad := err.Error() != ""
		o.cancel()
		o.results <- bad // leaks
	case <-o.ctx.Done():
	}
}

func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	o := &outlook{ctx: ctx, cancel: cancel, results: make(chan bool), errs: make(chan error)}
	go o.run()
	go o.stop()
}
