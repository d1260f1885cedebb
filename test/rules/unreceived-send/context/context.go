package cancelled

import "context"

func load(id int) string { return "item" }

func loadOne(ctx context.Context, id int) (string, error) {
	item := make(chan string)
	go func() {
		item <- load(id) // want "nobody receives from `item` after `loadOne` returns on line 16"
	}()
	select {
	case found := <-item:
		return found, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func loadSelecting(ctx context.Context, id int) (string, error) {
	item := make(chan string)
	go func() {
		select {
		case item <- load(id):
		case <-ctx.Done():
		}
	}()
	select {
	case found := <-item:
		return found, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Leak leaves a goroutine behind, because the context is cancelled before the send.
func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _ = loadOne(ctx, 1)
}
