// Package conn reads messages from connections.
package conn

import (
	"bufio"
	"io"
	"net"
	"sync"
)

// packet is made anew for each read: nobody asks for its lock again.
type packet struct {
	mu   sync.Mutex
	conn net.Conn
}

func receive(conn net.Conn) *packet {
	return &packet{conn: conn}
}

func (p *packet) read() (byte, error) {
	p.mu.Lock()
	b, err := bufio.NewReader(p.conn).ReadByte()
	if err != nil {
		return 0, err
	}
	p.mu.Unlock()
	return b, nil
}

// Drain reads until the connection ends.
func Drain(conn net.Conn) error {
	for {
		if _, err := receive(conn).read(); err != nil {
			return err
		}
	}
}

// stream is kept over many reads.
type stream struct {
	mu   sync.Mutex
	conn net.Conn
}

func open(conn net.Conn) *stream {
	return &stream{conn: conn}
}

func (s *stream) read() (byte, error) {
	s.mu.Lock() // want "the lock taken on line 51 is not released when its function returns on line 54"
	b, err := bufio.NewReader(s.conn).ReadByte()
	if err != nil {
		return 0, err
	}
	s.mu.Unlock()
	return b, nil
}

// Copy goes on after an error that is no end.
func Copy(conn net.Conn, to io.ByteWriter) error {
	s := open(conn)
	for {
		b, err := s.read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			continue
		}
		if err := to.WriteByte(b); err != nil {
			return err
		}
	}
}
