package counter

type order struct{ id int }

// serve counts what it has taken on in a channel that nobody else uses.
func serve(orders <-chan order, done <-chan int, open map[int]bool, limit int) {
	tables := make(chan struct{}, limit)
	for {
		select {
		case id := <-done:
			if open[id] {
				<-tables
			}
		case tables <- struct{}{}:
			next, ok := <-orders
			if !ok {
				return
			}
			open[next.id] = true
		}
	}
}

// prepare waits for an answer that its helper may never give.
func prepare(cook func() bool) {
	ready := make(chan struct{}, 1)
	go func() {
		if cook() {
			ready <- struct{}{}
		}
	}()
	<-ready // want "nobody sends on or closes `ready`"
}

// Leak waits for a dish that nobody cooks.
func Leak() {
	go prepare(func() bool { return false })
}
