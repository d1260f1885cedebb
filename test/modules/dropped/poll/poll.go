// Package poll asks for news until it is told to stop.
package poll

import (
	"errors"
	"time"
)

var errEmpty = errors.New("no address")

type Poller struct {
	stop chan struct{}
	ask  func()
}

// New starts to ask.
func New(ask func()) (*Poller, error) {
	if ask == nil {
		return nil, errEmpty
	}
	p := &Poller{stop: make(chan struct{}), ask: ask}
	go p.loop()
	return p, nil
}

func (p *Poller) loop() {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Minute):
			p.ask()
		}
	}
}

func (p *Poller) Now() { p.ask() }

func (p *Poller) Stop() { close(p.stop) }
