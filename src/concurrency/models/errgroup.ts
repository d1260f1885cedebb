/** What golang.org/x/sync/errgroup promises: https://pkg.go.dev/golang.org/x/sync/errgroup */
export const errgroupSource = `package errgroup

import (
	"context"
	"sync"
)

type Group struct {
	wg     sync.WaitGroup
	cancel context.CancelFunc
	slots  chan struct{}
	err    error
}

func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	return &Group{cancel: cancel}, ctx
}

func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel()
	}
	return g.err
}

func (g *Group) run(f func() error) {
	defer g.leave()
	if err := f(); err != nil {
		if g.err == nil {
			g.err = err
			if g.cancel != nil {
				g.cancel()
			}
		}
	}
}

func (g *Group) leave() {
	if g.slots != nil {
		<-g.slots
	}
	g.wg.Done()
}

func (g *Group) Go(f func() error) {
	if g.slots != nil {
		g.slots <- struct{}{}
	}
	g.wg.Add(1)
	go g.run(f)
}

func (g *Group) TryGo(f func() error) bool {
	if g.slots != nil {
		select {
		case g.slots <- struct{}{}:
		default:
			return false
		}
	}
	g.wg.Add(1)
	go g.run(f)
	return true
}

func (g *Group) SetLimit(n int) {
	// Nobody asks for another negative number, and a comparison of sizes would count an unknown limit from 0 on.
	if n == -1 {
		g.slots = nil
		return
	}
	g.slots = make(chan struct{}, n)
}
`;
