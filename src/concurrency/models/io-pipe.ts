/** What io.Pipe promises: a write waits for readers until one side closes. https://pkg.go.dev/io#Pipe */
export const pipeSource = `package io

import "errors"

var EOF = errors.New("EOF")

var ErrClosedPipe = errors.New("closed pipe")

type Reader interface {
	Read(data []byte) (int, error)
}

type Writer interface {
	Write(data []byte) (int, error)
}

// enough is not known: whether a reader has given all that was asked for.
func enough() bool

func ReadFull(r Reader, data []byte) (int, error) {
	for {
		if n, err := r.Read(data); err != nil || enough() {
			return n, err
		}
	}
}

func ReadAtLeast(r Reader, data []byte, least int) (int, error) {
	return ReadFull(r, data)
}

func ReadAll(r Reader) ([]byte, error) {
	for {
		if _, err := r.Read(nil); err != nil {
			if err == EOF {
				err = nil
			}
			return nil, err
		}
	}
}

func Copy(w Writer, r Reader) (int64, error) {
	for {
		if _, err := r.Read(nil); err != nil {
			if err == EOF {
				err = nil
			}
			return 0, err
		}
		if _, err := w.Write(nil); err != nil {
			return 0, err
		}
	}
}

func CopyBuffer(w Writer, r Reader, data []byte) (int64, error) {
	return Copy(w, r)
}

func CopyN(w Writer, r Reader, n int64) (int64, error) {
	for {
		if _, err := r.Read(nil); err != nil {
			return 0, err
		}
		if _, err := w.Write(nil); err != nil {
			return 0, err
		}
		if enough() {
			return n, nil
		}
	}
}

func WriteString(w Writer, text string) (int, error) {
	return w.Write(nil)
}

type pipe struct {
	data       chan struct{}
	readerGone chan struct{}
	writerGone chan struct{}
	readClosed bool
	sendClosed bool
}

type PipeReader struct {
	p *pipe
}

type PipeWriter struct {
	p *pipe
}

func Pipe() (*PipeReader, *PipeWriter) {
	p := &pipe{data: make(chan struct{}), readerGone: make(chan struct{}), writerGone: make(chan struct{})}
	return &PipeReader{p: p}, &PipeWriter{p: p}
}

func (r *PipeReader) Read(data []byte) (int, error) {
	select {
	case <-r.p.data:
		return len(data), nil
	case <-r.p.writerGone:
		return 0, EOF
	case <-r.p.readerGone:
		return 0, ErrClosedPipe
	}
}

func (r *PipeReader) Close() error {
	return r.CloseWithError(nil)
}

func (r *PipeReader) CloseWithError(err error) error {
	if !r.p.readClosed {
		r.p.readClosed = true
		close(r.p.readerGone)
	}
	return nil
}

func (w *PipeWriter) Write(data []byte) (int, error) {
	select {
	case w.p.data <- struct{}{}:
		return len(data), nil
	case <-w.p.readerGone:
		return 0, ErrClosedPipe
	case <-w.p.writerGone:
		return 0, ErrClosedPipe
	}
}

func (w *PipeWriter) Close() error {
	return w.CloseWithError(nil)
}

func (w *PipeWriter) CloseWithError(err error) error {
	if !w.p.sendClosed {
		w.p.sendClosed = true
		close(w.p.writerGone)
	}
	return nil
}
`;
