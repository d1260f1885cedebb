package never

func notify(done bool) {
	var finished chan struct{}
	go func() {
		finished <- struct{}{} // want "`finished <- struct{}{}` blocks forever: `finished` is nil here"
	}()
	if done {
		return
	}
}

func disabledArm(in chan int, stop chan struct{}) int {
	var off chan int
	select {
	case v := <-in:
		return v
	case v := <-off:
		return v
	case <-stop:
		return 0
	}
}

// Leak leaves the sender behind.
func Leak() {
	notify(true)
}
