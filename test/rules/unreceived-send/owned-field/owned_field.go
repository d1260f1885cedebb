package owned

import "errors"

var errFull = errors.New("full")

// A press has two channels that only its runs use, and one that its users drain.
type press struct {
	pages   int
	printed chan int
	bound   chan int
	shared  chan int
	spare   chan int
	accept  func(page int) error
	onStop  func(func())
}

// Run leaves the printer behind when a page is not accepted.
func (p *press) Run() error {
	p.printed = make(chan int)
	go p.print()
	for page := range p.printed {
		if err := p.accept(page); err != nil {
			return err
		}
	}
	return nil
}

func (p *press) print() {
	defer close(p.printed)
	for page := range p.pages {
		p.printed <- page // want "nobody receives from `p.printed`"
	}
}

// Bind reads on until the printer is done.
func (p *press) Bind() error {
	p.bound = make(chan int)
	go p.bind()
	var err error
	for page := range p.bound {
		if err == nil {
			err = p.accept(page)
		}
	}
	return err
}

func (p *press) bind() {
	defer close(p.bound)
	for page := range p.pages {
		p.bound <- page
	}
}

// Share leaves the rest to whoever calls Drain.
func (p *press) Share() error {
	p.shared = make(chan int)
	go p.share()
	return p.accept(<-p.shared)
}

func (p *press) share() {
	defer close(p.shared)
	for page := range p.pages {
		p.shared <- page
	}
}

func (p *press) Drain() {
	for range p.shared {
	}
}

// Spare gives the rest away by a function that code outside calls.
func (p *press) Spare() error {
	p.onStop(func() { p.empty() })
	p.spare = make(chan int)
	go p.save()
	return p.accept(<-p.spare)
}

func (p *press) save() {
	defer close(p.spare)
	for page := range p.pages {
		p.spare <- page
	}
}

func (p *press) empty() {
	for range p.spare {
	}
}

// Leak leaves the printer behind.
func Leak() {
	p := &press{pages: 3, accept: func(int) error { return errFull }}
	_ = p.Run()
}
