package tokens

import "context"

type source interface {
	Delivered() <-chan int
	Messages() <-chan string
}

// How many tokens are out is what the deliveries say: each of them takes back one that was put in for its message.
func follow(ctx context.Context, from source, limit int, known func(int) bool) {
	tokens := make(chan struct{}, limit)
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-from.Delivered():
			if known(id) {
				<-tokens
			}
		case tokens <- struct{}{}:
			select {
			case <-ctx.Done():
				return
			case <-from.Messages():
			}
		}
	}
}

// Another goroutine puts the tokens in, and may end before.
func spend(ctx context.Context, limit int, lend func() error) {
	tokens := make(chan struct{}, limit)
	go func() {
		if err := lend(); err != nil {
			return
		}
		tokens <- struct{}{}
	}()
	<-tokens // want "^`<-tokens` blocks forever"
}
