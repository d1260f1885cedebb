package early

import (
	"context"

	"golang.org/x/sync/errgroup"
)

func steps(ctx context.Context, prepare func() error, run func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return run(ctx) }) // want "The return on line 13 is reached without `g.Wait\(\)`, so its goroutines keep running unobserved"
	if err := prepare(); err != nil {
		return err
	}
	return g.Wait()
}

func forgotten(items []string, run func(string) error) {
	var g errgroup.Group
	for _, item := range items {
		g.Go(func() error { return run(item) }) // want "The block ends after line 22 without `g.Wait\(\)`"
	}
}

// waited is quiet.
func waited(items []string, run func(string) error) error {
	var g errgroup.Group
	for _, item := range items {
		if item == "" {
			continue
		}
		g.Go(func() error { return run(item) })
	}
	return g.Wait()
}

// deferred is quiet.
func deferred(run func() error) error {
	var g errgroup.Group
	defer g.Wait()
	g.Go(run)
	return run()
}

// cancelled is quiet: the deferred cancel ends the goroutines.
func cancelled(ctx context.Context, prepare func() error, run func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return run(ctx) })
	if err := prepare(); err != nil {
		return err
	}
	return g.Wait()
}

// checkedFirst is quiet: nothing runs yet at the early return.
func checkedFirst(prepare func() error, run func() error) error {
	var g errgroup.Group
	if err := prepare(); err != nil {
		return err
	}
	g.Go(run)
	return g.Wait()
}

type service struct{ group *errgroup.Group }

// kept is quiet: the service waits.
func (s *service) kept(run func() error) {
	g := new(errgroup.Group)
	g.Go(run)
	s.group = g
}

// returned is quiet: the caller waits.
func returned(run func() error) func() error {
	g := new(errgroup.Group)
	g.Go(run)
	return g.Wait
}

// nested is quiet: one group waits for the other.
func nested(ctx context.Context, items []string, run func(string) error) error {
	outer, ctx := errgroup.WithContext(ctx)
	var inner errgroup.Group
	for _, item := range items {
		inner.Go(func() error { return run(item) })
	}
	outer.Go(inner.Wait)
	if err := outer.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
