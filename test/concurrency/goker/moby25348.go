package kernel

import "sync"

type plugin struct{}

type plugins struct {
	all []*plugin
}

func (p *plugins) load() {
	var group sync.WaitGroup
	group.Add(len(p.all))
	for _, one := range p.all {
		go func(*plugin) {
			defer group.Done()
		}(one)
		group.Wait() // leaks
	}
}

func Leak() {
	p := &plugins{all: []*plugin{{}, {}}}
	go p.load()
}
