package kernel

type link struct {
	quit    chan bool
	notices chan func()
	replies chan func()
}

// notify tells the other side, which may be about to reply to an earlier notice.
func (l *link) notify(reply func()) {
	select { // leaks
	case l.notices <- reply:
	case <-l.quit:
	}
}

func (l *link) produce() {
	for {
		select {
		case <-l.quit:
			return
		case do := <-l.replies:
			do()
		default:
			l.notify(func() {
				select { // leaks
				case l.replies <- func() {}:
				case <-l.quit:
				}
			})
		}
	}
}

func (l *link) consume() {
	for {
		select {
		case reply := <-l.notices:
			reply()
		case <-l.quit:
			return
		}
	}
}

func Leak() {
	l := &link{quit: make(chan bool), notices: make(chan func()), replies: make(chan func())}
	go l.consume()
	go l.produce()
}
