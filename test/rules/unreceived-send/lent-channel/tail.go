package tail

import (
	"context"
	"errors"
)

type line struct{ text string }

type Conn struct{ read func() (line, error) }

var errClosed = errors.New("closed")

// Tail sends lines until the context is done.
func (c *Conn) Tail(ctx context.Context, out chan<- line) {
	go func() {
		defer close(out)
		for {
			select {
			case <-ctx.Done():
				return
			default:
			}
			l, err := c.read()
			if errors.Is(err, errClosed) {
				return
			}
			out <- l // want "If the caller of `\(\*Conn\).Tail` stops reading from `out`"
		}
	}()
}

func (c *Conn) TailBeside(ctx context.Context, out chan<- line) {
	go func() {
		defer close(out)
		for {
			l, err := c.read()
			if errors.Is(err, errClosed) {
				return
			}
			select {
			case out <- l:
			case <-ctx.Done():
				return
			}
		}
	}()
}

// TailAll sends lines until the context is done. The caller must drain out until it is closed.
func (c *Conn) TailAll(ctx context.Context, out chan<- line) {
	go func() {
		defer close(out)
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
				return
			default:
			}
			if l, err := c.read(); err == nil {
				out <- l
			}
		}
	}()
}

// Copy says nothing of an end: it sends what there is.
func (c *Conn) Copy(ctx context.Context, lines []line, out chan<- line) {
	go func() {
		defer close(out)
		for _, l := range lines {
			out <- l
		}
	}()
}

// Each runs in the goroutine of its caller, who knows whether somebody reads.
func (c *Conn) Each(ctx context.Context, out chan<- line) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		l, err := c.read()
		if err != nil {
			return
		}
		out <- l
	}
}

// Follow is called in the package alone, by who reads to the end.
func (c *Conn) Follow(ctx context.Context, out chan<- line) {
	go func() {
		defer close(out)
		for {
			select {
			case <-ctx.Done():
				return
			default:
			}
			l, err := c.read()
			if err != nil {
				return
			}
			out <- l
		}
	}()
}

func (c *Conn) count(ctx context.Context) int {
	lines, n := make(chan line), 0
	c.Follow(ctx, lines)
	for range lines {
		n++
	}
	return n
}
