package pages

import "iter"

type client struct{ pages [][]string }

// fetch reads pages ahead of who needs them.
func (c *client) fetch() <-chan []string {
	ahead := make(chan []string)
	go func() {
		defer close(ahead)
		for _, page := range c.pages {
			ahead <- page // want "`ahead <- page` blocks forever: nobody receives from `ahead` after"
		}
	}()
	return ahead
}

func (c *client) items() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		n := 0
		for page := range c.fetch() {
			for _, item := range page {
				if !yield(n, item) {
					return
				}
				n++
			}
		}
	}
}

func (c *client) first() (string, bool) {
	for _, item := range c.items() {
		return item, true
	}
	return "", false
}

type stoppable struct{ pages []string }

func (s *stoppable) fetch(done <-chan struct{}) <-chan string {
	ahead := make(chan string)
	go func() {
		defer close(ahead)
		for _, page := range s.pages {
			select {
			case ahead <- page:
			case <-done:
				return
			}
		}
	}()
	return ahead
}

func (s *stoppable) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		done := make(chan struct{})
		defer close(done)
		for page := range s.fetch(done) {
			if !yield(page) {
				return
			}
		}
	}
}

func (s *stoppable) first() (string, bool) {
	for page := range s.all() {
		return page, true
	}
	return "", false
}

// Leak leaves the reader of the second page behind.
func Leak() {
	c := &client{pages: [][]string{{"a"}, {"b"}, {"c"}}}
	_, _ = c.first()
	s := &stoppable{pages: []string{"a", "b", "c"}}
	_, _ = s.first()
}
