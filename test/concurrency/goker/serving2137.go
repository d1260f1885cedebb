package kernel

import "sync"

type permit struct{}

type visit struct {
	mu       *sync.Mutex
	accepted chan bool
}

// gate lets one visitor in at a time; one more may queue.
type gate struct {
	queue  chan permit
	inside chan permit
}

func (g *gate) enter(look func()) bool {
	select {
	default:
		return false
	case g.queue <- permit{}:
		g.inside <- permit{} // leaks
		defer func() {
			<-g.inside
			<-g.queue
		}()
		look()
		return true
	}
}

func (g *gate) visit() visit {
	v := visit{mu: &sync.Mutex{}, accepted: make(chan bool, 1)}
	v.mu.Lock()
	var started sync.WaitGroup
	started.Add(1)
	go func() {
		started.Done()
		v.accepted <- g.enter(func() {
			v.mu.Lock() // leaks
			v.mu.Unlock()
		})
	}()
	started.Wait()
	return v
}

// release lets visitors go on; any of them may be the one inside.
func release(visits []visit) {
	for _, v := range visits {
		v.mu.Unlock()
		<-v.accepted // leaks
	}
}

func Leak() {
	g := &gate{queue: make(chan permit, 2), inside: make(chan permit, 1)}
	visits := make([]visit, 2)
	for i := range visits {
		visits[i] = g.visit()
	}
	release(visits)
}
