// Package crew sends workers home that a field counts.
package crew

type pool struct {
	size    int
	started bool
}

func work(tasks <-chan func(), home <-chan struct{}) {
	for {
		select {
		case task := <-tasks:
			task()
		case <-home:
			return
		}
	}
}

// resize brings the pool to a size: who is counted is there to be sent home.
func (p *pool) resize(want int, tasks <-chan func(), home chan struct{}) {
	for p.size != want {
		if want < p.size {
			home <- struct{}{}
			p.size--
		} else {
			go work(tasks, home)
			p.size++
		}
	}
}

// Run keeps the pool at its size.
func (p *pool) Run(want int, tasks <-chan func()) {
	home := make(chan struct{})
	defer close(home)
	p.resize(want, tasks, home)
}

// Stop sends home a worker that may never have been started.
func (p *pool) Stop(tasks <-chan func()) {
	home := make(chan struct{})
	if p.started {
		go work(tasks, home)
	}
	home <- struct{}{} // want "nobody receives from `home`"
}
