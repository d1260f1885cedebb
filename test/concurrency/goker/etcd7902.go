package kernel

import "sync"

type candidate struct {
	terms  int
	check  func()
	resign func()
}

// elect has two candidates; the first is the leader, the other waits for its word.
func elect() {
	candidates := make([]candidate, 2)
	word := make(chan bool)
	var mu sync.Mutex
	var ready sync.WaitGroup
	ready.Add(len(candidates))
	for i := range candidates {
		var mine chan bool
		candidates[i].check = func() {
			mine = word
			ready.Done()
		}
		candidates[i].resign = func() {
			if i == 0 {
				close(word)
			}
			<-mine // leaks
		}
	}
	rounds(candidates, &mu, &ready)
}

func rounds(candidates []candidate, mu *sync.Mutex, ready *sync.WaitGroup) {
	var all sync.WaitGroup
	all.Add(len(candidates))
	for i := range candidates {
		go func(c *candidate) {
			defer all.Done()
			mu.Lock()
			c.check()
			mu.Unlock()
			ready.Wait()
			c.terms++
			mu.Lock() // leaks
			c.resign()
			mu.Unlock()
		}(&candidates[i])
	}
	all.Wait() // leaks
}

func Leak() {
	go elect()
}
