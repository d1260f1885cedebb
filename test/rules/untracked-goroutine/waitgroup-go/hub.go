package hub

import "sync"

type subscriber struct {
	events chan int
	gone   chan struct{}
}

func (s *subscriber) follow(use func(int)) {
	for {
		select {
		case <-s.gone:
			return
		case event := <-s.events:
			use(event)
		}
	}
}

func (s *subscriber) leave() { close(s.gone) }

type Hub struct {
	wg          sync.WaitGroup
	subscribers []*subscriber
}

func (h *Hub) Add(use func(int)) *subscriber {
	s := &subscriber{events: make(chan int), gone: make(chan struct{})}
	h.subscribers = append(h.subscribers, s)
	h.wg.Go(func() { s.follow(use) })
	return s
}

func (h *Hub) Close() {
	for _, s := range h.subscribers {
		s.leave()
	}
	h.wg.Wait()
}

func (h *Hub) Publish(event int) {
	for _, s := range h.subscribers {
		go func() { // want "nobody waits for it"
			s.events <- event
		}()
	}
}

// PublishAndWait is quiet: it waits for the goroutines that it starts.
func (h *Hub) PublishAndWait(event int) {
	var wg sync.WaitGroup
	for _, s := range h.subscribers {
		wg.Go(func() { s.events <- event })
	}
	wg.Wait()
}
