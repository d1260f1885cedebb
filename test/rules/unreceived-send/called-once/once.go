package once

import "time"

type screen interface {
	OnWorker(func())
	OnEvent(func())
}

type gui struct {
	handlers []func()
}

// OnWorker runs the function in a goroutine, as its name does not say.
func (g *gui) OnWorker(f func()) {
	g.run(f)
}

func (g *gui) run(f func()) {
	go func() {
		f()
	}()
}

func (g *gui) OnEvent(f func()) {
	g.handlers = append(g.handlers, f)
}

type refresher struct{ screen screen }

func (r *refresher) every(interval time.Duration, stop chan struct{}) {
	done := make(chan struct{})
	go func() {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				r.screen.OnWorker(func() {
					done <- struct{}{}
				})
				<-done
			case <-stop:
				return
			}
		}
	}()
}

func (r *refresher) next() {
	done := make(chan struct{})
	r.screen.OnEvent(func() {
		done <- struct{}{} // want "If the callback is called after `\(\*refresher\)\.next` has returned"
	})
	<-done
}
