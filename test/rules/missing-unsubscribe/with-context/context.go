package events

import "context"

type handler struct {
	ctx context.Context
	ch  chan string
}

type emitter struct{ handlers []handler }

// onAll keeps the channel until the context ends.
func (e *emitter) onAll(ctx context.Context, ch chan string) {
	e.handlers = append(e.handlers, handler{ctx, ch})
}

func (e *emitter) emit(event string) {
	kept := e.handlers[:0]
	for _, h := range e.handlers {
		select {
		case <-h.ctx.Done():
			continue
		case h.ch <- event:
		}
		kept = append(kept, h)
	}
	e.handlers = kept
}

func (e *emitter) next(ctx context.Context) string {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ch := make(chan string)
	e.onAll(ctx, ch)
	select {
	case event := <-ch:
		return event
	case <-ctx.Done():
		return ""
	}
}

func (e *emitter) first() string {
	ch := make(chan string)
	e.onAll(context.Background(), ch) // want "`onAll` stores the local channel `ch`, and nothing undoes `onAll`"
	return <-ch
}
