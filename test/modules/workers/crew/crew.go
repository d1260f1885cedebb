// Package crew runs functions on a fixed number of goroutines.
package crew

import "sync"

type Crew struct {
	jobs chan func()
	wg   sync.WaitGroup
}

func Start(n int) *Crew {
	c := &Crew{jobs: make(chan func())}
	for range n {
		c.wg.Add(1)
		go c.work()
	}
	return c
}

func (c *Crew) work() {
	defer c.wg.Done()
	for job := range c.jobs {
		job()
	}
}

func (c *Crew) Do(job func()) { c.jobs <- job }

func (c *Crew) Stop() {
	close(c.jobs)
	c.wg.Wait()
}
