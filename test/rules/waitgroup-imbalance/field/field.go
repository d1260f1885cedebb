package field

import "sync"

type pool struct {
	wg   sync.WaitGroup
	jobs []func() bool
}

func (p *pool) work() {
	for _, job := range p.jobs {
		if !job() {
			return
		}
	}
	p.wg.Done()
}

func (p *pool) run() {
	p.wg.Add(1)
	go p.work()
	p.wg.Wait() // want "`p.wg.Wait\(\)` never returns"
}

type careful struct {
	wg sync.WaitGroup
}

func (c *careful) work() { defer c.wg.Done() }

func (c *careful) run() {
	c.wg.Add(1)
	go c.work()
	c.wg.Wait()
}

// Leak waits for a worker that gave up.
func Leak() {
	p := &pool{jobs: []func() bool{func() bool { return false }}}
	p.run()
}
