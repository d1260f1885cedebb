package helper

import (
	"log"
	"sync"
)

type peer struct {
	inbox chan []byte
}

func (p *peer) run(stop <-chan struct{}, handle func([]byte)) {
	for {
		select {
		case message := <-p.inbox:
			handle(message)
		case <-stop:
			return
		}
	}
}

type Network struct {
	wg    sync.WaitGroup
	peers map[string]*peer
}

func (n *Network) Connect(name string, stop <-chan struct{}, handle func([]byte)) {
	p := &peer{inbox: make(chan []byte)}
	n.peers[name] = p
	n.background(func() { p.run(stop, handle) })
}

func (n *Network) Wait() { n.wg.Wait() }

// background runs fn in a goroutine that Wait waits for.
func (n *Network) background(fn func()) {
	n.wg.Add(1)
	go func() {
		defer n.wg.Done()
		defer func() {
			if r := recover(); r != nil {
				log.Printf("panic: %v", r)
			}
		}()
		fn()
	}()
}

func (n *Network) deliver(p *peer, message []byte) {
	p.inbox <- message
}

func (n *Network) Flood(message []byte) {
	for _, p := range n.peers {
		go n.deliver(p, message) // want "nobody waits for it, while its send on `p.inbox`"
	}
}

// Drop is quiet: the goroutine cannot block.
func (n *Network) Drop(message []byte) {
	for _, p := range n.peers {
		go func() {
			select {
			case p.inbox <- message:
			default:
				log.Print("dropped")
			}
		}()
	}
}
