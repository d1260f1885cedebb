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
	<-ready // want "`<-ready` blocks forever: nobody sends on or closes `ready` after the goroutine started on line 7 returns on line 9"
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

// Leak waits forever.
func Leak() {
	wait(0)
}
