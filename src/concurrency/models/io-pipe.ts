/** What io.Pipe promises: a write waits for readers until one side closes. https://pkg.go.dev/io#Pipe */
export const pipeSource = `package io

import "errors"

var EOF = errors.New("EOF")

var ErrClosedPipe = errors.New("closed pipe")

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
