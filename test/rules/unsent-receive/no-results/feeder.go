package feeder

import "context"

// A goroutine has nobody to tell: it gives up.
func feed(ctx context.Context, load func() (int, bool), use func(int)) {
	loaded := make(chan int, 1)
	go func() {
		if n, ok := load(); ok {
			loaded <- n
		}
	}()
	n := <-loaded // want "nobody sends on or closes `loaded` after the goroutine started on line 8 returns"
	use(n)
}

// The last statement needs no way out.
func keep(ctx context.Context, load func() (int, bool), into *int) {
	loaded := make(chan int, 1)
	go func() {
		if n, ok := load(); ok {
			loaded <- n
		}
	}()
	*into = <-loaded // want "nobody sends on or closes `loaded` after the goroutine started on line 20 returns"
}

// A select gets one more arm.
func either(ctx context.Context, load func() (int, bool), use func(int)) {
	loaded, failed := make(chan int, 1), make(chan error, 1)
	go func() {
		n, ok := load()
		if !ok {
			return
		}
		if n < 0 {
			failed <- context.Canceled
			return
		}
		loaded <- n
	}()
	select { // want "^this `select` blocks forever|^This `select` blocks forever"
	case n := <-loaded:
		use(n)
	case <-failed:
	}
}

func calm(ctx context.Context, load func() int, use func(int)) {
	loaded := make(chan int, 1)
	go func() {
		loaded <- load()
	}()
	n := <-loaded
	use(n)
}

// Leak waits for what is not loaded.
func Leak() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	go feed(ctx, func() (int, bool) { return 0, false }, func(int) {})
}
