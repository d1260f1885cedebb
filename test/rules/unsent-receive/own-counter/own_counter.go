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

// taste takes back what it may not have put in: nothing is counted here.
func taste(hot bool) {
	spoon := make(chan struct{}, 1)
	if hot {
		spoon <- struct{}{}
	}
	<-spoon // want "^`<-spoon` blocks forever"
}

// plate takes one back in every round, and puts one in only in some.
func plate(dishes []string, good func(string) bool) {
	plates := make(chan string, 1)
	for _, dish := range dishes {
		if good(dish) {
			plates <- dish
		}
		<-plates // want "^`<-plates` blocks forever"
	}
}
