package kernel

type valve struct {
	quiet chan struct{}
}

func (v *valve) shut() <-chan struct{} {
	if v == nil {
		return nil
	}
	return v.quiet
}

type pipe struct {
	v *valve
}

type inspector struct{}

// check looks at a pipe unless the valve is shut.
func (inspector) check(p *pipe) bool {
	<-p.v.shut() // leaks
	return false
}

func Leak() {
	v := &valve{quiet: make(chan struct{})}
	p := &pipe{v: v}
	for range 2 {
		inspector{}.check(p)
	}
	close(v.quiet)
}
