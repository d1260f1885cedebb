package kernel

import "context"

type cursor struct {
	cancel context.CancelFunc
}

func (c *cursor) begin(ctx context.Context) {
	ctx, c.cancel = context.WithCancel(ctx)
	go c.await(ctx)
}

func (c *cursor) await(ctx context.Context) {
	<-ctx.Done() // leaks
	c.close(ctx.Err())
}

func (c *cursor) close(error) {
	c.cancel()
}

func Leak() {
	c := &cursor{}
	c.begin(context.Background())
}
