package polled

import (
	"context"
	"log"
	"net"
	"time"
)

// Server asks for its stop between two accepted connections.
type Server struct {
	ln   net.Listener
	stop chan struct{}
}

func Listen(addr string, handle func(net.Conn)) (*Server, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &Server{ln: ln, stop: make(chan struct{})}
	go s.accept(handle) // want "checks `s.stop` only between calls to `s.ln.Accept\(\)`"
	return s, nil
}

func (s *Server) accept(handle func(net.Conn)) {
	for {
		select {
		case <-s.stop:
			return
		default:
			conn, err := s.ln.Accept()
			if err != nil {
				return
			}
			go handle(conn)
		}
	}
}

func (s *Server) Addr() net.Addr { return s.ln.Addr() }

func (s *Server) Close() { close(s.stop) }

// Collect reads packets until the context ends, it hopes.
func Collect(ctx context.Context, addr string, packets chan<- int) error {
	conn, err := net.ListenPacket("udp", addr)
	if err != nil {
		return err
	}
	go func() { // want "checks `ctx.Done\(\)` only between calls to `conn.ReadFrom\(buf\)`"
		defer conn.Close()
		buf := make([]byte, 1500)
		for {
			select {
			case <-ctx.Done():
				return
			default:
			}
			n, _, err := conn.ReadFrom(buf)
			if err != nil {
				log.Print(err)
				continue
			}
			select {
			case packets <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	return nil
}

type tail struct {
	conn net.Conn
	quit chan bool
}

func (t *tail) Start(addr string) (err error) {
	if t.conn, err = net.Dial("tcp", addr); err != nil {
		return err
	}
	go func() { // want "checks `t.quit` only between calls to `t.conn.Read\(buf\)`"
		buf := make([]byte, 512)
		for {
			n, err := t.conn.Read(buf)
			select {
			case <-t.quit:
				return
			default:
				if err == nil {
					log.Printf("%s", buf[:n])
				}
			}
		}
	}()
	return nil
}

func (t *tail) Stop() { close(t.quit) }

// Closing closes what the loop waits on.
type Closing struct {
	ln   net.Listener
	stop chan struct{}
}

func (s *Closing) Run(handle func(net.Conn)) {
	go func() {
		for {
			select {
			case <-s.stop:
				return
			default:
				conn, err := s.ln.Accept()
				if err != nil {
					continue
				}
				go handle(conn)
			}
		}
	}()
}

func (s *Closing) Close() {
	close(s.stop)
	s.ln.Close()
}

// Timed looks again every second.
func Timed(ctx context.Context, conn *net.UDPConn, packets chan<- int) {
	go func() {
		buf := make([]byte, 1500)
		for {
			select {
			case <-ctx.Done():
				return
			default:
			}
			conn.SetReadDeadline(time.Now().Add(time.Second))
			n, _, err := conn.ReadFromUDP(buf)
			if err == nil {
				packets <- n
			}
		}
	}()
}

// Watched has a second goroutine that closes the listener.
func Watched(ctx context.Context, addr string, handle func(net.Conn)) error {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		ln.Close()
	}()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			default:
				conn, err := ln.Accept()
				if err != nil {
					continue
				}
				go handle(conn)
			}
		}
	}()
	return nil
}

// Given reads from a connection that its caller closes.
func Given(ctx context.Context, conn net.Conn) {
	go func() {
		buf := make([]byte, 512)
		for {
			select {
			case <-ctx.Done():
				return
			default:
				if _, err := conn.Read(buf); err != nil {
					return
				}
			}
		}
	}()
}
