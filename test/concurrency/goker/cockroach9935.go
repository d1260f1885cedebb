package kernel

import (
	"errors"
	"math/rand"
	"sync"
)

type diary struct {
	mu   sync.Mutex
	last error
}

func (d *diary) write() {
	d.mu.Lock()
	if err := d.open(); err != nil {
		d.giveUp(err)
	}
	d.mu.Unlock()
}

func (d *diary) open() error {
	if rand.Intn(4) > 0 {
		return errors.New("no paper")
	}
	return nil
}

func (d *diary) giveUp(err error) {
	d.mu.Lock() // leaks
	defer d.mu.Unlock()
	d.last = err
}

func Leak() {
	go (&diary{}).write()
}
