package promoted

import "sync"

type watch struct {
	lk    sync.RWMutex
	count int
}

func (w *watch) total() int {
	w.lk.RLock()
	defer w.lk.RUnlock()
	return w.count
}

type events struct {
	lk sync.Mutex
	watch
}

type observer events

// The lock of the embedded value is another one.
func (o *observer) Apply() int {
	o.lk.Lock()
	defer o.lk.Unlock()
	return o.total()
}

func (w *watch) double() int {
	w.lk.RLock() // want "^`w.lk.RLock\(\)` blocks forever: this goroutine already holds the lock"
	defer w.lk.RUnlock()
	return 2 * w.count
}

func (o *observer) Reset() int {
	o.watch.lk.Lock()
	defer o.watch.lk.Unlock()
	return o.double()
}
