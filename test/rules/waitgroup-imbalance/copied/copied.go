package copied

import "sync"

func work(wg sync.WaitGroup) {
	wg.Done()
}

func start() {
	var wg sync.WaitGroup
	wg.Add(1)
	go work(wg)
	wg.Wait() // want "`wg.Wait\(\)` never returns"
}

func workPointer(wg *sync.WaitGroup) {
	wg.Done()
}

func startPointer() {
	var wg sync.WaitGroup
	wg.Add(1)
	go workPointer(&wg)
	wg.Wait()
}

// Leak waits for a copy.
func Leak() {
	start()
}
