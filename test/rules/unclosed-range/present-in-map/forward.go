package forward

import (
	"errors"
	"sync"
)

type target interface {
	Offer(line string, results chan error, done func())
}

type node struct{ send func(string) error }

func (n *node) Offer(line string, results chan error, done func()) {
	go func() {
		results <- n.send(line)
		done()
	}()
}

var errUnknown = errors.New("unknown node")

type forwarder struct{ nodes map[string]*node }

func (f *forwarder) node(name string) (target, error) {
	n, ok := f.nodes[name]
	if !ok {
		return nil, errUnknown
	}
	return n, nil
}

func (f *forwarder) prepare(name string, results chan error, wg *sync.WaitGroup) (target, func()) {
	t, err := f.node(name)
	if err != nil {
		results <- err
		wg.Done()
		return nil, nil
	}
	return t, func() { wg.Done() }
}

// A node that is in the map is there: it answers, and the counter comes down.
func (f *forwarder) send(lines map[string]string) error {
	results := make(chan error, len(lines))
	var wg sync.WaitGroup
	go func() {
		for name, line := range lines {
			wg.Add(1)
			t, done := f.prepare(name, results, &wg)
			if t == nil {
				continue
			}
			t.Offer(line, results, done)
		}
		wg.Wait()
		close(results)
	}()
	var first error
	for err := range results {
		if err != nil && first == nil {
			first = err
		}
	}
	return first
}

// The one that is not in the map is counted, and nobody lowers the counter for it.
func (f *forwarder) sendKnown(lines map[string]string) {
	results := make(chan error, len(lines))
	var wg sync.WaitGroup
	go func() {
		for name, line := range lines {
			wg.Add(1)
			n, ok := f.nodes[name]
			if !ok {
				continue
			}
			n.Offer(line, results, func() { wg.Done() })
		}
		wg.Wait()
		close(results)
	}()
	for range results { // want "`range results` never ends: nobody closes `results`"
	}
}
