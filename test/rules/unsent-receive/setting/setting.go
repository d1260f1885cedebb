package setting

import (
	"context"
	"flag"
)

type Settings struct {
	Parallel int
	Retries  int
}

func (s *Settings) Register(flags *flag.FlagSet) {
	flags.IntVar(&s.Parallel, "parallel", 4, "how many at once")
	flags.IntVar(&s.Retries, "retries", 2, "how often again")
}

type Merger struct{ settings Settings }

func (m *Merger) merge(ctx context.Context) error { return ctx.Err() }

// Flags are set once, at the start.
func (m *Merger) Run(ctx context.Context) error {
	answers := make(chan error)
	for i := 0; i < m.settings.Parallel; i++ {
		go func() { answers <- m.merge(ctx) }()
	}
	var first error
	for i := 0; i < m.settings.Parallel; i++ {
		if err := <-answers; err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (m *Merger) Hurry(ctx context.Context) error {
	answers := make(chan error)
	for i := 0; i < m.settings.Parallel; i++ {
		go func() {
			if err := m.merge(ctx); err != nil {
				return
			}
			answers <- nil
		}()
	}
	for i := 0; i < m.settings.Parallel; i++ {
		if err := <-answers; err != nil { // want "^`<-answers` blocks forever"
			return err
		}
	}
	return nil
}

var batch = 8

func init() { batch = 16 }

func (m *Merger) Batch(ctx context.Context) {
	answers := make(chan error)
	for range batch {
		go func() { answers <- m.merge(ctx) }()
	}
	for range batch {
		<-answers
	}
}
