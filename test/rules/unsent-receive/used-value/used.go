package used

import "context"

func ask(ctx context.Context, query func() (int, bool)) (int, error) {
	answer := make(chan int, 1)
	go func() {
		if n, ok := query(); ok {
			answer <- n
		}
	}()
	n := <-answer // want "nobody sends on or closes `answer` after the goroutine started on line 7 returns"
	return n + 1, nil
}

func first(ctx context.Context, try func() bool) error {
	failed := make(chan error, 1)
	go func() {
		if !try() {
			failed <- context.Canceled
		}
	}()
	return <-failed // want "nobody sends on or closes `failed`"
}

func sure(try func() error) error {
	failed := make(chan error, 1)
	go func() {
		failed <- try()
	}()
	return <-failed
}

// Leak waits for an answer that does not come.
func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _ = ask(ctx, func() (int, bool) { return 0, false })
}
