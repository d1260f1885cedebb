package fixed

import (
	"sync"
	"time"
)

type keeper struct {
	tokens map[string]time.Time
	add    chan string
	stop   chan struct{}
	done   chan struct{}
	forget func(string)
	mu     *sync.Mutex
}

func newKeeper(mu *sync.Mutex, forget func(string)) *keeper {
	k := &keeper{tokens: make(map[string]time.Time), add: make(chan string, 1), stop: make(chan struct{}), done: make(chan struct{}), forget: forget, mu: mu}
	go k.run()
	return k
}

func (k *keeper) run() {
	ticker := time.NewTicker(time.Second)
	defer func() {
		ticker.Stop()
		close(k.done)
	}()
	for {
		select {
		case name := <-k.add:
			k.tokens[name] = time.Now()
		case <-ticker.C:
			k.mu.Lock()
			for name := range k.tokens {
				k.forget(name)
			}
			k.mu.Unlock()
		case <-k.stop:
			return
		}
	}
}

func (k *keeper) halt() {
	close(k.stop)
	<-k.done
}

func run() {
	var mu sync.Mutex
	k := newKeeper(&mu, func(string) {})
	defer k.halt()
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			select {
			case k.add <- "token":
			case <-k.done:
			}
		}()
	}
	wg.Wait()
}
