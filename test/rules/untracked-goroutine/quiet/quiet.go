// Package quiet holds goroutines that have an owner, or whose owner cannot be seen.
package quiet

import "sync"

type request struct {
	answer chan int
}

// serve answers into a buffer of one: the send cannot block.
func serve(requests []string, each func(string, *request)) {
	for _, name := range requests {
		r := &request{answer: make(chan int, 1)}
		go func() { r.answer <- len(name) }()
		each(name, r)
	}
}

// Stream hands its channel out, so that a receiver may be anywhere.
type Stream struct {
	items chan int
}

func NewStream() *Stream { return &Stream{items: make(chan int)} }

func (s *Stream) Items() <-chan int { return s.items }

func (s *Stream) Push(values []int) {
	for _, value := range values {
		go func() { s.items <- value }()
	}
}

// counter has a receiver that never leaves.
type counter struct {
	add chan int
	sum int
}

func newCounter() *counter {
	c := &counter{add: make(chan int)}
	go c.run()
	return c
}

func (c *counter) run() {
	for n := range c.add {
		c.sum += n
	}
}

func (c *counter) addAll(values []int) {
	for _, n := range values {
		go func() { c.add <- n }()
	}
}

// tally waits for what it starts.
func tally(values []int, c *counter) {
	var wg sync.WaitGroup
	done := make(chan struct{})
	for _, n := range values {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.add <- n
		}()
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	<-done
}
