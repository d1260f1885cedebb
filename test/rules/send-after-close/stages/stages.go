package stages

type stage interface{ Run(in chan int) chan int }

// The stage ends its channel when next is closed, so nobody sends any more when out is closed.
func keep(inner stage, in chan int, wanted func(int) bool) chan int {
	next, out := make(chan int), make(chan int)
	filtered := inner.Run(next)
	go func() {
		defer close(out)
		for value := range filtered {
			out <- value
		}
	}()
	go func() {
		defer close(next)
		for value := range in {
			if !wanted(value) {
				out <- value
				continue
			}
			next <- value
		}
	}()
	return out
}
