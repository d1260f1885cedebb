package admission

import "sync"

type waiter struct {
	path  string
	ready chan struct{}
}

type scheduler struct {
	mu     sync.Mutex
	queues map[string][]*waiter
	clash  func(a, b string) bool
	active []string
}

func newScheduler(clash func(a, b string) bool) *scheduler {
	return &scheduler{queues: map[string][]*waiter{}, clash: clash}
}

// When its turn comes is for the queue to say.
func (s *scheduler) admit(path string) {
	w := &waiter{path: path, ready: make(chan struct{})}
	s.mu.Lock()
	s.queues[path] = append(s.queues[path], w)
	s.promote()
	s.mu.Unlock()
	<-w.ready
}

func (s *scheduler) promote() {
	for path, queue := range s.queues {
		for _, other := range s.active {
			if s.clash(path, other) {
				return
			}
		}
		for _, w := range queue {
			close(w.ready)
		}
		delete(s.queues, path)
	}
}

func run(paths []string, clash func(a, b string) bool, work func(string)) {
	s := newScheduler(clash)
	var wg sync.WaitGroup
	for _, path := range paths {
		wg.Go(func() {
			s.admit(path)
			work(path)
		})
	}
	wg.Wait()
}

func forgotten(path string, wanted bool) {
	w := &waiter{path: path, ready: make(chan struct{})}
	go func() {
		if wanted {
			close(w.ready)
		}
	}()
	<-w.ready // want "^`<-w.ready` blocks for ever"
}
