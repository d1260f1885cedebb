package empty

func push(items []int, do func(int) bool, stop chan struct{}) {
	failed, done := make(chan int, len(items)), make(chan int, len(items))
	for _, item := range items {
		go func() {
			if do(item) {
				failed <- item
			} else {
				done <- item
			}
		}()
	}
	select {
	case <-failed:
	case <-stop:
		go func() {
			select { // want "^If `items` is empty, this `select` blocks forever"
			case <-failed:
			case <-done:
			}
		}()
	}
}
