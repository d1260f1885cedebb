package dial

import (
	"bufio"
	"context"
	"log"
	"net"
	"time"
)

type agents struct {
	ctx    context.Context
	cancel context.CancelFunc
	conns  map[string]net.Conn
}

func (a *agents) close() { a.cancel() }

func (a *agents) connect(addrs []string) {
	for _, addr := range addrs {
		go a.attempt(addr)
		go greet(addr)
		go polite(addr)
		go proxy(addr, nil)
	}
}

func (a *agents) attempt(addr string) {
	conn, err := net.Dial("tcp", addr) // want "`net.Dial` makes a connection that never gets a deadline"
	if err != nil {
		log.Print(err)
		return
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		conn.Close()
		return
	}
	log.Print(line)
	a.conns[addr] = conn
}

func greet(addr string) {
	conn, err := net.Dial("tcp", addr) // want "never gets a deadline"
	if err != nil {
		return
	}
	buffer := make([]byte, 64)
	n, err := conn.Read(buffer)
	if err != nil {
		return
	}
	log.Print(string(buffer[:n]))
}

// polite is quiet: it sets a deadline.
func polite(addr string) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(time.Minute))
	if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
		log.Print(err)
	}
}

// proxy is quiet: it hands the connection on.
func proxy(addr string, use func(net.Conn)) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	use(conn)
}
