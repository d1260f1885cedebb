package kernel

import (
	"io"
	"time"
)

type post struct {
	mail chan bool
}

func (p *post) get() <-chan bool {
	return p.mail
}

type postReader struct {
	p *post
}

func (r *postReader) Read([]byte) (int, error) {
	select {
	case <-r.p.get(): // leaks
	}
	return 0, io.EOF
}

type stream struct {
	r io.Reader
	p *post
}

func (s *stream) Read(into []byte) (int, error) {
	return s.r.Read(into)
}

type transport struct{}

func (t *transport) open() *stream {
	p := &post{mail: make(chan bool)}
	return &stream{r: &postReader{p}, p: p}
}

// end ends a stream for its readers, too.
func (t *transport) end(s *stream) {
}

func Leak() {
	t := &transport{}
	s := t.open()
	done := make(chan bool)
	go func() {
		defer close(done)
		s.Read([]byte{1})
	}()
	t.end(s)
	timeout := time.NewTimer(time.Millisecond)
	defer timeout.Stop()
	select {
	case <-done:
	case <-timeout.C:
	}
}
