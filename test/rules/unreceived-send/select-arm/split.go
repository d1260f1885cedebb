package split

import "context"

// Who sorts goes on after the reader has left; a reader that is gone takes from neither channel.
func sorted(ctx context.Context, numbers []int) (int, error) {
	small, large := make(chan int), make(chan int)
	go func() {
		for _, n := range numbers {
			select { // want "^[tT]his `select` blocks forever"
			case small <- n:
			case large <- n:
			}
		}
	}()
	select {
	case n := <-small:
		return n, nil
	case n := <-large:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func obeys(ctx context.Context, numbers []int) (int, error) {
	small, large := make(chan int), make(chan int)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for _, n := range numbers {
			select {
			case small <- n:
			case large <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	select {
	case n := <-small:
		return n, nil
	case n := <-large:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Leak leaves before anything is sorted.
func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _ = sorted(ctx, []int{1, 2, 3})
}
