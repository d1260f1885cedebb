package under

import "sync"

func publish(event string) {
	var mu sync.Mutex
	events := make(chan string)
	seen := 0
	go func() {
		mu.Lock()
		seen++
		mu.Unlock()
		<-events
	}()
	mu.Lock()
	events <- event // want "`events <- event` blocks forever while it holds the lock taken on line 15, which the other side needs on line 10"
	mu.Unlock()
}

func publishOutside(event string) {
	var mu sync.Mutex
	events := make(chan string)
	seen := 0
	go func() {
		mu.Lock()
		seen++
		mu.Unlock()
		<-events
	}()
	mu.Lock()
	seen++
	mu.Unlock()
	events <- event
}

// Leak locks both sides.
func Leak() {
	publish("x")
}
