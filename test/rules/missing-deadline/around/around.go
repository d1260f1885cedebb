package around

import (
	"net"
	"time"
)

// Ask gives up after a second, but the goroutine goes on waiting for the peer.
func Ask(peer *net.UDPAddr) string {
	conn, err := net.DialUDP("udp", nil, peer) // want "`net.DialUDP` makes a connection that never gets a deadline"
	if err != nil {
		return ""
	}
	if _, err := conn.Write([]byte("who")); err != nil {
		return ""
	}
	answer := make(chan string, 1)
	go func() {
		buffer := make([]byte, 64)
		n, err := conn.Read(buffer)
		if err == nil {
			answer <- string(buffer[:n])
		}
	}()
	select {
	case name := <-answer:
		return name
	case <-time.After(time.Second):
		return ""
	}
}

// AskAndClose ends the wait with the connection.
func AskAndClose(peer *net.UDPAddr) string {
	conn, err := net.DialUDP("udp", nil, peer)
	if err != nil {
		return ""
	}
	defer conn.Close()
	answer := make(chan string, 1)
	go func() {
		buffer := make([]byte, 64)
		n, _ := conn.Read(buffer)
		answer <- string(buffer[:n])
	}()
	select {
	case name := <-answer:
		return name
	case <-time.After(time.Second):
		return ""
	}
}

// AskFor sets a deadline.
func AskFor(peer *net.UDPAddr, limit time.Duration) <-chan string {
	answer := make(chan string, 1)
	conn, err := net.DialUDP("udp", nil, peer)
	if err != nil {
		return answer
	}
	_ = conn.SetReadDeadline(time.Now().Add(limit))
	go func() {
		buffer := make([]byte, 64)
		n, _ := conn.Read(buffer)
		answer <- string(buffer[:n])
	}()
	return answer
}

type links struct{ open []*net.UDPConn }

// AskAndKeep hands the connection on: whoever has it may close it.
func (l *links) AskAndKeep(peer *net.UDPAddr) <-chan string {
	answer := make(chan string, 1)
	conn, err := net.DialUDP("udp", nil, peer)
	if err != nil {
		return answer
	}
	l.open = append(l.open, conn)
	go func() {
		buffer := make([]byte, 64)
		n, _ := conn.Read(buffer)
		answer <- string(buffer[:n])
	}()
	return answer
}
