package admission

import "sync"

type waiter struct {
	path  string
	ready chan struct{}
}

type scheduler struct {
	mu     sync.Mutex
	queues map[string][]*waiter
	active map[string]int
	free   int
}

func newScheduler(free int) *scheduler {
	return &scheduler{queues: map[string][]*waiter{}, active: map[string]int{}, free: free}
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
		if s.free == 0 || len(queue) == 0 || s.active[path] > 0 {
			continue
		}
		s.queues[path] = queue[1:]
		s.active[path]++
		s.free--
		close(queue[0].ready)
	}
}

func (s *scheduler) leave(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.active[path]--
	s.free++
	s.promote()
}

func run(paths []string, atOnce int, work func(string)) {
	s := newScheduler(atOnce)
	var wg sync.WaitGroup
	for _, path := range paths {
		wg.Go(func() {
			s.admit(path)
			work(path)
			s.leave(path)
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
	<-w.ready // want "^`<-w.ready` blocks forever"
}
