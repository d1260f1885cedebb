package build

import "sync"

type target struct {
	name   string
	before []*target
	after  []*target
}

// A plan has no cycles: how many builds are started, and how many answers are waited for, hang together.
type plan struct{ targets map[string]*target }

func (p *plan) ready() []*target {
	var ready []*target
	for _, t := range p.targets {
		if len(t.before) == 0 {
			ready = append(ready, t)
		}
	}
	return ready
}

func (p *plan) run(build func(string)) {
	waiting := len(p.targets)
	if waiting == 0 {
		return
	}
	built := make(chan *target, waiting)
	var mu sync.Mutex
	started := map[string]bool{}
	begin := func(targets []*target) {
		for _, t := range targets {
			mu.Lock()
			isNew := !started[t.name]
			started[t.name] = true
			mu.Unlock()
			if isNew {
				go func() {
					build(t.name)
					built <- t
				}()
			}
		}
	}
	begin(p.ready())
	for waiting > 0 {
		t := <-built
		waiting--
		begin(t.after)
	}
}

// Who leaves the count early leaves the others alone.
func (p *plan) runUntil(build func(string) error) error {
	failed := make(chan error)
	waiting := 0
	for name := range p.targets {
		waiting++
		go func() {
			failed <- build(name) // want "`failed <- build\(name\)` blocks forever: nobody receives from `failed` after `runUntil` returns on line 66"
		}()
	}
	for waiting > 0 {
		if err := <-failed; err != nil {
			return err
		}
		waiting--
	}
	return nil
}
