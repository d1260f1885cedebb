package kernel

import "sync"

type queue struct {
	mu sync.RWMutex
	n  int
}

func (q *queue) synced() bool {
	q.mu.Lock() // leaks
	defer q.mu.Unlock()
	return q.n > 0
}

func (q *queue) pop(process func()) {
	q.mu.Lock() // leaks
	defer q.mu.Unlock()
	q.n++
	process()
}

type runner interface {
	run(stop <-chan struct{})
	synced() bool
}

type pump struct {
	q       *queue
	process func()
}

func (p *pump) run(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		p.q.pop(p.process)
	}
}

func (p *pump) synced() bool {
	return p.q.synced()
}

type union struct {
	sync.Mutex
	r    runner
	stop chan struct{}
	n    int
}

func newUnion() *union {
	u := &union{}
	u.r = &pump{q: &queue{}, process: u.add}
	return u
}

func (u *union) add() {
	u.Lock() // leaks
	defer u.Unlock()
	u.n++
}

func (u *union) synced() bool {
	u.Lock() // leaks
	defer u.Unlock()
	return u.r.synced()
}

func (u *union) start() {
	u.Lock()
	defer u.Unlock()
	u.stop = make(chan struct{})
	go u.r.run(u.stop)
}

func (u *union) halt() {
	u.Lock() // leaks
	defer u.Unlock()
	close(u.stop)
}

func Leak() {
	u := newUnion()
	u.start()
	stop := make(chan struct{})
	go func() {
		<-stop
		u.halt()
	}()
	go u.synced()
	close(stop)
}
