package fixed

import (
	"errors"
	"sync"
	"time"
)

type devices struct {
	sync.Mutex
	deleted int
}

func (d *devices) cleanup() error {
	d.Lock()
	defer d.Unlock()
	if d.deleted == 0 {
		return nil
	}
	return errors.New("busy")
}

func run() {
	d := &devices{}
	done := make(chan bool, 1)
	go func() {
		d.cleanup()
		d.Lock()
		defer d.Unlock()
		done <- true
	}()
	select {
	case <-time.After(time.Second):
	case <-done:
	}
}
