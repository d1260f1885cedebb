package kernel

import "sync"

type hub struct {
	beats struct {
		sync.Mutex
		waiting []int
	}
	nodes []*node
}

type node struct {
	raft sync.Mutex
	hub  *hub
	lost int
}

// flush tells every node about the beats that wait.
func (h *hub) flush() {
	h.beats.Lock() // leaks
	defer h.beats.Unlock()
	for range h.beats.waiting {
		h.tellAll()
	}
}

func (h *hub) tellAll() {
	for _, n := range h.nodes {
		n.unreachable()
	}
}

func (n *node) unreachable() {
	n.raft.Lock() // leaks
	defer n.raft.Unlock()
	n.lost++
}

func (n *node) tick() {
	n.raft.Lock() // leaks
	defer n.raft.Unlock()
	n.beat()
}

func (n *node) beat() {
	n.hub.beats.Lock() // leaks
	n.hub.beats.waiting = append(n.hub.beats.waiting, 1)
	n.hub.beats.Unlock()
}

func Leak() {
	h := &hub{}
	h.beats.waiting = []int{1, 2}
	first, second := &node{hub: h}, &node{hub: h}
	h.nodes = []*node{first, second}
	go h.flush()
	go first.tick()
}
