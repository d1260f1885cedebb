package fixed

import "sync"

type conn struct {
	closed chan bool
}

type framer struct {
	reset chan bool
	lock  sync.Mutex
	conn  *conn
}

func (f *framer) monitor() {
	reset := f.reset
	for {
		select {
		case <-reset:
		case <-f.conn.closed:
			go func() {
				for range reset {
				}
			}()
			f.lock.Lock()
			close(f.reset)
			f.reset = nil
			f.lock.Unlock()
			return
		}
	}
}

func (f *framer) write() {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.reset == nil {
		return
	}
	f.reset <- true
}

func run() {
	f := &framer{reset: make(chan bool), conn: &conn{closed: make(chan bool)}}
	go f.monitor()
	go func() { close(f.conn.closed) }()
	go f.write()
}
