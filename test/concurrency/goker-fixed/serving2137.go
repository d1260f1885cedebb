package fixed

import "sync"

type breaker struct {
	pending chan bool
	active  chan bool
}

func (b *breaker) maybe(thunk func()) bool {
	select {
	case b.pending <- true:
	default:
		return false
	}
	b.active <- true
	thunk()
	<-b.active
	<-b.pending
	return true
}

func run() {
	b := &breaker{pending: make(chan bool, 2), active: make(chan bool, 1)}
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			b.maybe(func() {})
		}()
	}
	wg.Wait()
}
