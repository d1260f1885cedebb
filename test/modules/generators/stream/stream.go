// Package stream turns lists into channels.
package stream

// Numbers yields 0, 1, ... up to n.
func Numbers(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			out <- i
		}
	}()
	return out
}

// Until yields numbers until done is closed.
func Until(done <-chan struct{}, n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; i < n; i++ {
			select {
			case out <- i:
			case <-done:
				return
			}
		}
	}()
	return out
}

// Merge yields what both channels yield.
func Merge[T any](first, second <-chan T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for v := range first {
			out <- v
		}
		for v := range second {
			out <- v
		}
	}()
	return out
}
