package pool

import "sync"

var (
	mu    sync.Mutex
	loads = map[string]chan struct{}{}
)

// load lets one caller work and the others wait: the goroutine takes the lock of the package to say that it is done.
func load(key string, work func()) {
	mu.Lock()
	if wait, ok := loads[key]; ok {
		mu.Unlock()
		<-wait
		return
	}
	wait := make(chan struct{})
	loads[key] = wait
	mu.Unlock()
	go func() {
		work()
		mu.Lock()
		close(wait)
		delete(loads, key)
		mu.Unlock()
	}()
	<-wait
}

func closeUnderLock(done chan struct{}) {
	go func() {
		mu.Lock()
		defer mu.Unlock()
		close(done)
	}()
	<-done
}
