package ticker

import "time"

func some(rounds int, work func()) {
	ticker := time.NewTicker(time.Second) // want "The block ends after line 10 without `ticker.Stop\(\)`, so before Go 1.23 the ticker stays in the runtime forever"
	for i := 0; i < rounds; i++ {
		<-ticker.C
		work()
	}
}

// stopped is quiet.
func stopped(rounds int, work func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for i := 0; i < rounds; i++ {
		<-ticker.C
		work()
	}
}

// endless is quiet: it never ends, so the ticker is in use.
func endless(work func()) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		work()
	}
}

// handed is quiet: somebody else uses the channel.
func handed(use func(<-chan time.Time)) {
	ticker := time.NewTicker(time.Second)
	use(ticker.C)
}
