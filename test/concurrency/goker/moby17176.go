package kernel

import (
	"errors"
	"sync"
	"time"
)

type discs struct {
	sync.Mutex
	dropped int
}

func (d *discs) sweep() error {
	d.Lock()
	if d.dropped == 0 {
		return nil
	}
	d.Unlock()
	return errors.New("in use")
}

func Leak() {
	d := &discs{}
	_ = d.sweep()
	done := make(chan bool)
	go func() {
		d.Lock() // leaks
		defer d.Unlock()
		done <- true
	}()
	select {
	case <-time.After(time.Millisecond):
	case <-done:
	}
}
