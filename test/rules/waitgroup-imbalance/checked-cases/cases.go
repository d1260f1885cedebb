package cases

import (
	"fmt"
	"sync"
)

type gatherer struct{ kinds []string }

func (g *gatherer) check() error {
	for _, kind := range g.kinds {
		if kind != "server" && kind != "index" {
			return fmt.Errorf("unknown kind %q", kind)
		}
	}
	return nil
}

func (g *gatherer) server() {}
func (g *gatherer) index()  {}

// The kinds were checked, so one of the cases holds.
func (g *gatherer) gather() {
	var wg sync.WaitGroup
	for _, kind := range g.kinds {
		wg.Add(1)
		switch kind {
		case "server":
			go func() {
				defer wg.Done()
				g.server()
			}()
		case "index":
			go func() {
				defer wg.Done()
				g.index()
			}()
		}
	}
	wg.Wait()
}

func (g *gatherer) gatherSome(wanted func(string) bool) {
	var wg sync.WaitGroup
	for _, kind := range g.kinds {
		wg.Add(1)
		if !wanted(kind) {
			continue
		}
		go func() {
			defer wg.Done()
			g.index()
		}()
	}
	wg.Wait() // want "^`wg.Wait\(\)` never returns"
}

func (g *gatherer) one(kind string) {
	var wg sync.WaitGroup
	wg.Add(1)
	switch kind {
	case "server":
		go func() {
			defer wg.Done()
			g.server()
		}()
	case "index":
		go func() {
			defer wg.Done()
			g.index()
		}()
	}
	wg.Wait() // want "^`wg.Wait\(\)` never returns"
}

// Here the kind is known, and there is no case for it.
func (g *gatherer) third(over chan<- bool) {
	go func() {
		g.one("query")
		over <- true
	}()
}
