// Package peer has one queue for all peers.
package peer

type update struct {
	from string
	rows int
}

var updates = make(chan update, 100)

// Peer starts a goroutine that works on the queue of all, and never ends.
type Peer struct {
	name  string
	apply func(string, int)
	gone  chan struct{}
}

func Connect(name string, apply func(string, int)) *Peer {
	p := &Peer{name: name, apply: apply, gone: make(chan struct{})}
	go p.work() // want "`Peer` starts `p.work`, which ranges over `updates`, which nobody closes; `Close` cannot end it"
	go p.wait()
	return p
}

func (p *Peer) work() {
	for u := range updates {
		p.apply(u.from, u.rows)
	}
}

func (p *Peer) wait() {
	<-p.gone
	p.apply(p.name, 0)
}

func (p *Peer) Send(rows int) { updates <- update{p.name, rows} }

func (p *Peer) Close() { close(p.gone) }

var lines = make(chan string)

// Serve is quiet: workers on a queue of the package live as long as the process.
func Serve(workers int) {
	for range workers {
		go func() {
			for line := range lines {
				println(line)
			}
		}()
	}
}

func Print(line string) { lines <- line }
