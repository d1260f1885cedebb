package kernel

import (
	"context"
	"sync"
)

type members interface {
	leader(context.Context)
}

type asker interface {
	ask(context.Context)
}

type cluster struct {
	sync.RWMutex
	preferLeader bool
}

func (c *cluster) ask(context.Context) {
	c.RLock() // leaks
	defer c.RUnlock()
}

func (c *cluster) choose(ctx context.Context) {
	if c.preferLeader {
		newMembers(c).leader(ctx)
	}
}

func (c *cluster) refresh(ctx context.Context) {
	c.Lock()
	defer c.Unlock()
	c.choose(ctx)
}

type remoteMembers struct {
	a asker
}

func (m *remoteMembers) leader(ctx context.Context) {
	m.a.ask(ctx)
}

func newMembers(a asker) members {
	return &remoteMembers{a: a}
}

func Leak() {
	c := &cluster{preferLeader: true}
	c.refresh(context.Background())
}
