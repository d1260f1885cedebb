package returned

import "sync"

// turn is held back until its owner unlocks it.
type turn struct {
	mu   *sync.Mutex
	over chan bool
}

func newTurn(play func()) turn {
	t := turn{mu: &sync.Mutex{}, over: make(chan bool, 1)}
	t.mu.Lock()
	go func() {
		t.mu.Lock()
		play()
		t.mu.Unlock()
		t.over <- true
	}()
	return t
}

func playBoth(play func()) {
	turns := []turn{newTurn(play), newTurn(play)}
	for _, t := range turns {
		t.mu.Unlock()
		<-t.over
	}
}

// playNever keeps the lock that its goroutine needs, and nobody else has it.
func playNever(play func()) chan bool {
	t := turn{mu: &sync.Mutex{}, over: make(chan bool, 1)}
	t.mu.Lock()
	go func() {
		t.mu.Lock() // want "`t.mu.Lock\(\)` blocks forever"
		play()
		t.mu.Unlock()
		t.over <- true
	}()
	return t.over
}
