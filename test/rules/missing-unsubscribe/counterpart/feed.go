package feed

import "sync"

type feed struct {
	mu        sync.Mutex
	listeners map[chan int]struct{}
}

func (f *feed) AddListener(ch chan int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listeners[ch] = struct{}{}
}

func (f *feed) RemoveListener(ch chan int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.listeners, ch)
}

func (f *feed) first() int {
	ch := make(chan int, 1)
	f.AddListener(ch) // want "`AddListener` stores the local channel `ch`, and it is never unregistered"
	return <-ch
}

// next is quiet: the listener is removed.
func (f *feed) next() int {
	ch := make(chan int, 1)
	f.AddListener(ch)
	defer f.RemoveListener(ch)
	return <-ch
}
