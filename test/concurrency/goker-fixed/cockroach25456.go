package fixed

type stopper struct {
	quit chan struct{}
}

func (s *stopper) shouldQuiesce() <-chan struct{} {
	if s == nil {
		return nil
	}
	return s.quit
}

type replica struct {
	s *stopper
}

func (r *replica) checkConsistency() {
	select {
	case <-r.s.shouldQuiesce():
	default:
	}
}

func run() {
	s := &stopper{quit: make(chan struct{})}
	r := &replica{s: s}
	r.checkConsistency()
	close(s.quit)
}
