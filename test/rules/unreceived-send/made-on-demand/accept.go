package accept

import "net"

type accepted struct {
	conn net.Conn
	err  error
}

type merged struct {
	listeners []net.Listener
	queue     chan accepted
}

// Every call takes one: the channel of the first call serves the later ones, too.
func (m *merged) Accept() (net.Conn, error) {
	if m.queue == nil {
		m.queue = make(chan accepted, len(m.listeners))
		for _, l := range m.listeners {
			go func() {
				for {
					conn, err := l.Accept()
					m.queue <- accepted{conn, err}
				}
			}()
		}
	}
	one := <-m.queue
	return one.conn, one.err
}

type single struct {
	listener net.Listener
	fresh    chan accepted
}

// A channel for each call: what comes second is never fetched.
func (s *single) Accept() (net.Conn, error) {
	s.fresh = make(chan accepted)
	go func() {
		for {
			conn, err := s.listener.Accept()
			s.fresh <- accepted{conn, err} // want "blocks forever: nobody receives from `s.fresh` after `Accept` returns on line 47"
		}
	}()
	one := <-s.fresh
	return one.conn, one.err
}
