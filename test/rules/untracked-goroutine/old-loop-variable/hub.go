package hub

import "sync"

type worker struct {
	jobs chan int
	sum  int
}

func (w *worker) run(stop <-chan struct{}) {
	for {
		select {
		case job := <-w.jobs:
			w.sum += job
		case <-stop:
			return
		}
	}
}

type Pool struct {
	wg      sync.WaitGroup
	workers []*worker
}

func (p *Pool) Grow(stop <-chan struct{}) {
	w := &worker{jobs: make(chan int)}
	p.workers = append(p.workers, w)
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		w.run(stop)
	}()
}

func (p *Pool) Wait() { p.wg.Wait() }

func (p *Pool) push(w *worker, job int) { w.jobs <- job }

func (p *Pool) Push(job int) {
	for _, w := range p.workers {
		go p.push(w, job) // want "`p.push` is started for each element of `p.workers`"
	}
}
