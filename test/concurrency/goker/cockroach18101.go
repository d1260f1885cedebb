package kernel

import "context"

const ahead = 1

func restore(ctx context.Context) bool {
	spans := make(chan bool, ahead)
	go func() {
		defer close(spans)
		scatter(ctx, spans)
	}()
	for span := range spans {
		select {
		case <-ctx.Done():
			return span
		}
	}
	return true
}

func scatter(ctx context.Context, spans chan<- bool) {
	for i := range ahead + 2 {
		spans <- i != 0 // leaks
	}
}

func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	go restore(ctx)
	go cancel()
}
