package watch

import "context"

type link interface {
	State() int
	Wait(ctx context.Context, state int) bool
}

type Builder struct{ open func() (link, error) }

func (b *Builder) Open(log func(int)) (link, error) {
	l, err := b.open()
	if err != nil {
		return nil, err
	}
	go func() { // want "loops with no way out, and the context that it passes to `l.Wait` never ends"
		for {
			state := l.State()
			log(state)
			l.Wait(context.Background(), state)
		}
	}()
	return l, nil
}

// The loop ends when the wait fails.
func (b *Builder) Follow(log func(int)) (link, error) {
	l, err := b.open()
	if err != nil {
		return nil, err
	}
	go func() {
		for l.Wait(context.Background(), l.State()) {
			log(l.State())
		}
	}()
	return l, nil
}

// Started for the process.
func main() {
	b := &Builder{}
	l, err := b.open()
	if err != nil {
		return
	}
	go func() {
		for {
			l.Wait(context.Background(), l.State())
		}
	}()
}
