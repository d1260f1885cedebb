package skipped

func prepare(n int) bool { return n > 0 }

func wait(n int) {
	ready := make(chan struct{})
	go func() {
		if !prepare(n) {
			return
		}
		close(ready)
	}()
	<-ready // want "`<-ready` blocks for ever: nobody sends on or closes `ready` after the goroutine of line 7 returns at line 9"
}

func waitAlways(n int) {
	ready := make(chan struct{})
	go func() {
		defer close(ready)
		if !prepare(n) {
			return
		}
	}()
	<-ready
}

// Leak waits for ever.
func Leak() {
	wait(0)
}
