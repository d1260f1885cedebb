package items

type item struct{ name string }

// Whether the item was found is asked behind every call, so it may be missing.
func load(find func() (*item, error)) {
	ready := make(chan *item)
	go func() {
		found, err := find()
		if err != nil {
			ready <- nil
			return
		}
		if found == nil {
			return
		}
		ready <- found
	}()
	<-ready // want "^`<-ready` blocks forever"
}

type node struct {
	name string
	next *node
}

func visit(at *node, seen chan string) {
	if at == nil {
		return
	}
	seen <- at.name
}

// The first one was there, the second one need not be.
func second(at *node, use func(string)) {
	seen := make(chan string)
	use(at.name)
	at = at.next
	go visit(at, seen)
	use(<-seen) // want "^`<-seen` blocks forever"
}

func ask(name string, find func(string) (*item, error), other *item) *item {
	ready := make(chan *item, 1)
	go func() {
		if other != nil {
			ready <- other
			return
		}
		var found *item
		var err error
		if name != "" {
			found, err = find(name)
			if err != nil {
				ready <- nil
				return
			}
		}
		if name != "" && found == nil {
			return
		}
		ready <- found
	}()
	// What came without an error is there.
	return <-ready
}

// The error says nothing of itself: without one nobody answers.
func refusal(again bool, find func() (*item, error)) error {
	refused := make(chan error)
	go func() {
		var err error
		if again {
			_, err = find()
		}
		if err == nil {
			return
		}
		refused <- err
	}()
	return <-refused // want "^`<-refused` blocks forever"
}
