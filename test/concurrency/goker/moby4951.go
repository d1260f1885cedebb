package kernel

import "sync"

type disks struct {
	sync.Mutex
	all map[string]*disk
}

type disk struct {
	mu   sync.Mutex
	name string
}

func (d *disks) remove(name string) {
	d.Lock() // leaks
	defer d.Unlock()
	one := d.find(name)
	one.mu.Lock() // leaks
	defer one.mu.Unlock()
	d.settle(one)
}

func (d *disks) find(name string) *disk {
	return d.all[name]
}

// settle lets others in while the device finishes.
func (d *disks) settle(*disk) {
	d.Unlock()
	d.Lock() // leaks
}

func Leak() {
	d := &disks{all: map[string]*disk{"sda": {name: "sda"}}}
	go d.remove("sda")
	go d.remove("sda")
}
