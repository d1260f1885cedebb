// Package meter measures again and again.
package meter

import "time"

// Meter stops its ticker, which does not close the channel of the ticker.
type Meter struct {
	every *time.Ticker
	read  func()
}

func New(read func()) *Meter {
	m := &Meter{read: read}
	m.every = time.NewTicker(time.Minute)
	go func() { // want "`Meter` starts the goroutine, which waits for `m.every.C`, which a stopped ticker does not close; `Close` cannot end it"
		for range m.every.C {
			m.read()
		}
	}()
	return m
}

func (m *Meter) Close() { m.every.Stop() }

// Gauge reads in an endless loop.
type Gauge struct {
	every *time.Ticker
	read  func()
}

func NewGauge(read func()) *Gauge {
	g := &Gauge{read: read, every: time.NewTicker(time.Second)}
	go g.loop() // want "waits for `g.every.C`, which a stopped ticker does not close; `Shutdown` cannot end it"
	return g
}

func (g *Gauge) loop() {
	for {
		<-g.every.C
		g.read()
	}
}

func (g *Gauge) Shutdown() { g.every.Stop() }

// Told also closes a channel that the loop waits for.
type Told struct {
	every *time.Ticker
	quit  chan struct{}
	read  func()
}

func NewTold(read func()) *Told {
	t := &Told{read: read, every: time.NewTicker(time.Second), quit: make(chan struct{})}
	go func() {
		for {
			select {
			case <-t.every.C:
				t.read()
			case <-t.quit:
				return
			}
		}
	}()
	return t
}

func (t *Told) Close() {
	t.every.Stop()
	close(t.quit)
}

// Lasting has no stop method, and a pause stops and starts its ticker.
type Lasting struct {
	every *time.Ticker
	read  func()
}

func NewLasting(read func()) *Lasting {
	l := &Lasting{read: read, every: time.NewTicker(time.Second)}
	go func() {
		for range l.every.C {
			l.read()
		}
	}()
	return l
}

func (l *Lasting) Pause()  { l.every.Stop() }
func (l *Lasting) Resume() { l.every.Reset(time.Second) }
