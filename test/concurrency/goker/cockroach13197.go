package kernel

import "context"

type shop struct{}

type sale struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *shop) open(ctx context.Context) *sale {
	ctx, cancel := context.WithCancel(ctx)
	one := &sale{ctx: ctx, cancel: cancel}
	go one.await()
	return one
}

func (s *sale) await() {
	<-s.ctx.Done() // leaks
}

func (s *sale) undo() {
	s.finish()
}

func (s *sale) finish() {
	s.cancel()
}

func Leak() {
	s := &shop{}
	s.open(context.Background())
}
