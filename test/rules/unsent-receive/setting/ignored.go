package setting

import "context"

type gate interface {
	Start(ctx context.Context) error
	Done()
}

func inBatches(ctx context.Context, size int, limit gate, work func(from int) error) error {
	for from := 0; from < size; from += 10 {
		if limit != nil {
			if err := limit.Start(ctx); err != nil {
				return err
			}
			defer limit.Done()
		}
		if err := work(from); err != nil {
			return err
		}
	}
	return nil
}

// The error is dropped, since there is none without a context that ends.
func sums(numbers []int, batches int, limit gate) int {
	parts := make(chan int, batches)
	_ = inBatches(context.Background(), len(numbers), limit, func(from int) error {
		parts <- numbers[from]
		return nil
	})
	total := 0
	for i := 0; i < batches; i++ {
		total += <-parts
	}
	return total
}

func first(ctx context.Context, limit gate, work func() error) error {
	if err := limit.Start(ctx); err != nil {
		return err
	}
	return work()
}

// What is dropped here fails as often as the context ends.
func firstOf(ctx context.Context, limit gate) int {
	parts := make(chan int)
	go func() {
		_ = first(ctx, limit, func() error {
			parts <- 1
			return nil
		})
	}()
	return <-parts // want "^`<-parts` blocks forever"
}
