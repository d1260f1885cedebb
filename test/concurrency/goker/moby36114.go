package kernel

import "sync"

type drive struct {
	sync.Mutex
	mounts int
}

func (d *drive) attach() {
	d.Lock()
	defer d.Unlock()
	d.detach()
	d.mounts++
}

func (d *drive) detach() {
	d.Lock() // leaks
	defer d.Unlock()
	d.detachLocked()
}

func (d *drive) detachLocked() {
	d.mounts = 0
}

func Leak() {
	d := &drive{}
	go d.attach()
	go d.detach()
}
