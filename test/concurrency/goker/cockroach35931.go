package kernel

import "sync"

type sink interface {
	push()
}

type bucket struct {
	drops chan struct{}
}

// push may be told that it is over when the bucket is full.
func (b *bucket) push() {
	b.drops <- struct{}{} // leaks
}

type entry struct {
	streams map[int]sink
}

type registry struct {
	sync.Mutex
	entries map[int]*entry
}

func (r *registry) pending(id int) []sink {
	r.Lock()
	defer r.Unlock()
	sinks := make([]sink, 0)
	for _, one := range r.entries[id].streams {
		sinks = append(sinks, one)
	}
	return sinks
}

func (r *registry) cancel(id int) {
	for _, one := range r.pending(id) {
		one.push()
	}
}

func Leak() {
	left, right := &bucket{make(chan struct{}, 1)}, &bucket{make(chan struct{}, 1)}
	r := &registry{entries: map[int]*entry{0: {streams: map[int]sink{0: left, 1: right}}}}
	left.push()
	r.cancel(0)
}
