package received

func collect(n int) int {
	var sum chan int
	go func() {
		sum <- n // want "`sum <- n` blocks forever: `sum` is nil here"
	}()
	return <-sum
}

func collectMade(n int) int {
	sum := make(chan int)
	go func() {
		sum <- n
	}()
	return <-sum
}

// Leak blocks both sides.
func Leak() {
	_ = collect(1)
}
