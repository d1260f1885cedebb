package lines

import "context"

type source interface{ next() (string, bool) }

// Lines hands out the lines of a source until it ends.
func Lines(ctx context.Context, s source) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for {
			line, ok := s.next()
			if !ok {
				return
			}
			out <- line // want "If the caller of `Lines` stops reading from the channel that it returns, `out <- line` blocks forever"
		}
	}()
	return out
}

// Stoppable ends with its context.
func Stoppable(ctx context.Context, s source) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for {
			line, ok := s.next()
			if !ok {
				return
			}
			select {
			case out <- line:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Contract hands out the lines of a source. The caller must read from the channel until it is closed.
func Contract(ctx context.Context, s source) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for {
			line, ok := s.next()
			if !ok {
				return
			}
			out <- line
		}
	}()
	return out
}

// Bare knows of no way to be stopped, and of no caller.
func Bare(s source) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for {
			line, ok := s.next()
			if !ok {
				return
			}
			out <- line
		}
	}()
	return out
}

func drained(ctx context.Context, s source) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for {
			line, ok := s.next()
			if !ok {
				return
			}
			out <- line
		}
	}()
	return out
}

// Count reads to the end.
func Count(ctx context.Context, s source) int {
	n := 0
	for range drained(ctx, s) {
		n++
	}
	return n
}

// Roomy has room for the only value.
func Roomy(ctx context.Context, s source) <-chan string {
	out := make(chan string, 1)
	go func() {
		line, _ := s.next()
		out <- line
	}()
	return out
}
