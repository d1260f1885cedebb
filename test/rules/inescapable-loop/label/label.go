package label

import "context"

func count(ctx context.Context, work <-chan int) int {
	sum := 0
loop:
	for {
		select {
		case <-ctx.Done():
			sum++
			break // want "leaves only the select"
		case n := <-work:
			if n < 0 {
				break loop
			}
			sum += n
		}
	}
	return sum
}

func drain(ctx context.Context, work <-chan int, finish func()) {
	for {
		select {
		case <-ctx.Done():
			finish()
			break // want "leaves only the select"
		case n := <-work:
			if n < 0 {
				return
			}
		}
	}
}

func total(ctx context.Context, work <-chan int) (sum int) {
for_each:
	for {
		select {
		case <-ctx.Done():
			break for_each
		case n := <-work:
			sum += n
		}
	}
	return sum
}
