package fixed

import "context"

type db struct{}

type tx struct {
	cancel context.CancelFunc
	ctx    context.Context
}

func (d *db) begin(ctx context.Context) *tx {
	ctx, cancel := context.WithCancel(ctx)
	t := &tx{cancel: cancel, ctx: ctx}
	go t.awaitDone()
	return t
}

func (t *tx) awaitDone() {
	<-t.ctx.Done()
}

func (t *tx) rollback() {
	t.cancel()
}

func run() {
	d := &db{}
	t := d.begin(context.Background())
	defer t.rollback()
}
