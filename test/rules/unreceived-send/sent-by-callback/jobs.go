package jobs

import (
	"context"

	"example.org/pool"
)

type answer struct {
	value int
	err   error
}

// The reader leaves at the first error, which the pool then reports a second time.
func all(ctx context.Context, queries []string, ask func(string) (int, error)) ([]int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan answer)
	go func() {
		err := pool.ForEach(ctx, len(queries), func(ctx context.Context, i int) error {
			value, err := ask(queries[i])
			select {
			case <-ctx.Done():
			case answers <- answer{value, err}:
			}
			return err
		})
		if err != nil {
			answers <- answer{err: err} // want "nobody receives from `answers` after `all` returns on line 36"
		}
		close(answers)
	}()
	var values []int
	for one := range answers {
		if one.err != nil {
			return nil, one.err
		}
		values = append(values, one.value)
	}
	return values, nil
}

// The error is reported only while somebody waits for it.
func every(ctx context.Context, queries []string, ask func(string) (int, error)) ([]int, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make(chan answer)
	go func() {
		defer close(answers)
		_ = pool.ForEach(ctx, len(queries), func(ctx context.Context, i int) error {
			value, err := ask(queries[i])
			select {
			case <-ctx.Done():
			case answers <- answer{value, err}:
			}
			return err
		})
	}()
	var values []int
	for one := range answers {
		if one.err != nil {
			return nil, one.err
		}
		values = append(values, one.value)
	}
	return values, nil
}
