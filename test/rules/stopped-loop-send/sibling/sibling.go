package sibling

type event struct{ id int }

type Stream struct {
	events  chan event
	closed  chan struct{}
	recv    func() (kind, id int, err error)
	deliver func(event)
}

func New(recv func() (int, int, error), deliver func(event)) *Stream {
	return &Stream{
		events:  make(chan event, 8),
		closed:  make(chan struct{}),
		recv:    recv,
		deliver: deliver,
	}
}

func (s *Stream) Close() { close(s.closed) }

// Read turns what the peer asks for into events.
func (s *Stream) Read() {
	for {
		kind, id, err := s.recv()
		if err != nil {
			return
		}
		switch kind {
		case 0:
			select {
			case s.events <- event{id: id}:
			case <-s.closed:
				return
			}
		case 1:
			s.events <- event{id: -id} // want "If `s.closed` is ready first, `s.events <- event\{id: -id\}` blocks forever: the receiver on line \d+ may be gone"
		}
	}
}

// Announce sends before anybody may have closed the stream.
func Announce(recv func() (int, int, error), deliver func(event)) *Stream {
	s := &Stream{events: make(chan event, 8), closed: make(chan struct{}), recv: recv, deliver: deliver}
	s.events <- event{id: 0}
	return s
}

func (s *Stream) Write() {
	for {
		select {
		case e := <-s.events:
			s.deliver(e)
		case <-s.closed:
			return
		}
	}
}
