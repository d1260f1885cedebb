package fixed

import "sync"

type plugin struct{}

func start(plugins []*plugin) {
	var group sync.WaitGroup
	group.Add(len(plugins))
	for _, p := range plugins {
		go func(p *plugin) {
			defer group.Done()
		}(p)
	}
	group.Wait()
}

func run() {
	go start([]*plugin{{}, {}})
}
