package kernel

import (
	"errors"
	"sync"
)

const (
	made = iota
	written
)

type event struct {
	op int
}

// eyes look at files until they are shut.
type eyes struct {
	events chan event
	mu     sync.Mutex
	moved  *sync.Cond
	done   chan struct{}
}

func openEyes() *eyes {
	e := &eyes{events: make(chan event), done: make(chan struct{})}
	e.moved = sync.NewCond(&e.mu)
	go e.look()
	return e
}

func (e *eyes) ignore(ev event) bool {
	if ev.op != written {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.moved.Broadcast()
		return true
	}
	return false
}

func (e *eyes) look() {
	defer close(e.events)
	for {
		if e.shut() {
			return
		}
		ev := event{written}
		if !e.ignore(ev) {
			select { // leaks
			case e.events <- ev:
			case <-e.done:
				return
			}
		}
	}
}

func (e *eyes) shut() bool {
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

func (e *eyes) close() {
	if !e.shut() {
		close(e.done)
	}
}

// remove forgets the file.
func (e *eyes) remove() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.moved.Wait() // leaks
}

type follower struct {
	once   sync.Once
	closed chan struct{}
}

func (f *follower) close() {
	f.once.Do(func() {
		close(f.closed)
	})
}

func follow(f *follower) {
	e := openEyes()
	defer e.close()
	select {
	case <-e.events:
	case <-f.closed:
		e.remove()
	}
}

type journal struct {
	mu        sync.Mutex
	followers map[*follower]struct{}
}

func (j *journal) read() {
	f := &follower{closed: make(chan struct{})}
	go j.readTo(f)
}

func (j *journal) readTo(f *follower) {
	j.mu.Lock() // leaks
	j.followers[f] = struct{}{}
	j.mu.Unlock()
	follow(f)
}

func (j *journal) close() {
	j.mu.Lock() // leaks
	defer j.mu.Unlock()
	for f := range j.followers {
		f.close()
		delete(j.followers, f)
	}
}

func begin() error {
	j := &journal{followers: make(map[*follower]struct{})}
	j.read()
	j.close()
	return errors.New("failed")
}

func Leak() {
	go begin()
}
