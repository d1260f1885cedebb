package values

import "sync"

type config struct{ data []byte }

func fetch(pull func() ([]byte, error), layers func() error) ([]byte, error) {
	found, failed := make(chan []byte, 1), make(chan error, 1)
	go func() {
		data, err := pull()
		if err != nil {
			failed <- err
			return
		}
		found <- data
	}()
	var data []byte
	var err error
	if layers != nil {
		data, err = receive(found, failed)
		if err != nil {
			return nil, err
		}
	}
	// What came without an error is not nil.
	if data == nil {
		data, err = receive(found, failed)
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

func receive(found <-chan []byte, failed <-chan error) ([]byte, error) {
	select {
	case data := <-found:
		return data, nil
	case err := <-failed:
		return nil, err
	}
}

type block struct{ height int }

func (b *block) Height() int { return b.height }

type chain struct {
	mu   sync.RWMutex
	head *block
}

func (c *chain) Head() *block {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.head
}

func (c *chain) at(height int, from *block) *block {
	if from == nil {
		from = c.Head()
	}
	for from.Height() > height {
		from = &block{height: from.Height() - 1}
	}
	return from
}

// The target was asked for its height, so it is there.
func (c *chain) Mark(target *block) *block {
	c.mu.Lock()
	defer c.mu.Unlock()
	if target.Height() < c.head.Height() {
		return c.at(3, target)
	}
	return nil
}

func lost() {
	var never chan config
	<-never // want "^`<-never` blocks forever: `never` is nil here"
}
