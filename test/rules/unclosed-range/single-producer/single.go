package single

func consume(n int) {}

func pump(items []int) {
	queue := make(chan int)
	go func() {
		for n := range queue { // want "`range queue` never ends: nobody closes `queue`"
			consume(n)
		}
	}()
	for _, n := range items {
		queue <- n
	}
}

func pumpClosed(items []int) {
	queue := make(chan int)
	go func() {
		for n := range queue {
			consume(n)
		}
	}()
	for _, n := range items {
		queue <- n
	}
	close(queue)
}

// Leak leaves the consumer behind.
func Leak() {
	pump([]int{1, 2})
}
