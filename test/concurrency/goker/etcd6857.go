package kernel

type report struct{}

type station struct {
	asked chan chan report
	stop  chan struct{}
	done  chan struct{}
}

func (s *station) report() report {
	answer := make(chan report)
	s.asked <- answer // leaks
	return <-answer
}

func (s *station) run() {
	for {
		select {
		case answer := <-s.asked:
			answer <- report{}
		case <-s.stop:
			close(s.done)
			return
		}
	}
}

func (s *station) halt() {
	select {
	case s.stop <- struct{}{}:
	case <-s.done:
		return
	}
	<-s.done
}

func Leak() {
	s := &station{asked: make(chan chan report), stop: make(chan struct{}), done: make(chan struct{})}
	go s.run()
	go s.report()
	go s.halt()
}
