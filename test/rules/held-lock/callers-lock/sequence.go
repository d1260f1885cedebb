package sequence

import (
	"sync"
	"time"
)

type reader struct {
	mu     sync.Mutex
	moved  *sync.Cond
	offset int64
}

// The caller holds the lock of the condition, and releases it afterwards.
func await(moved *sync.Cond, offset *int64, wanted int64, patience time.Duration) {
	late := time.NewTimer(patience)
	done := make(chan struct{})
	go func() {
		select {
		case <-late.C:
			moved.L.Lock()
			moved.Broadcast()
			moved.L.Unlock()
		case <-done:
		}
	}()
	for *offset < wanted {
		moved.Wait()
	}
	close(done)
}

func (r *reader) Read(wanted int64) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	await(r.moved, &r.offset, wanted, time.Second)
	return r.offset
}

func (r *reader) Skip(wanted int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seek(wanted)
}

func (r *reader) seek(wanted int64) {
	r.mu.Lock() // want "^`r.mu.Lock\(\)` blocks forever: this goroutine already holds the lock"
	defer r.mu.Unlock()
	r.offset = wanted
}

type uploads struct {
	mu    sync.Mutex
	items []*upload
}

type upload struct {
	done   chan struct{}
	cancel func()
}

// cancel is called with the lock held, and lets go of it to wait.
func (u *uploads) cancel(one *upload) {
	one.cancel()
	u.mu.Unlock()
	<-one.done
	u.mu.Lock()
	u.items = append(u.items, one)
}

func (u *uploads) remove(one *upload, restart func()) {
	u.cancel(one)
	go func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		restart()
	}()
}
