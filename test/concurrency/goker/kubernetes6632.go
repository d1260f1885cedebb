package kernel

import "sync"

type peer struct {
	gone chan bool
}

type framer struct {
	idle chan bool
	mu   sync.Mutex
	p    *peer
}

// watch ends with the peer, and tells those who write.
func (f *framer) watch() {
	idle := f.idle
	for {
		select {
		case <-f.p.gone:
			f.mu.Lock() // leaks
			close(idle)
			f.idle = nil
			f.mu.Unlock()
			return
		}
	}
}

func (f *framer) write() {
	f.mu.Lock() // leaks
	defer f.mu.Unlock()
	if f.idle == nil {
		return
	}
	f.idle <- true // leaks
}

func Leak() {
	f := &framer{idle: make(chan bool), p: &peer{gone: make(chan bool)}}
	go func() {
		f.p.gone <- true
	}()
	go f.watch()
	go f.write()
}
