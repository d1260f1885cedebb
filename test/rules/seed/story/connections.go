package harbor

import (
	"bufio"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"
)

// ConnectionManager keeps connections to the agents that run processes on other machines.
type ConnectionManager struct {
	logger *slog.Logger
	stopCh chan struct{}
	lost   chan string
	wg     sync.WaitGroup

	mu    sync.Mutex
	conns map[string]net.Conn
}

// NewConnectionManager returns a manager without connections.
func NewConnectionManager(logger *slog.Logger) *ConnectionManager {
	return &ConnectionManager{
		logger: logger,
		stopCh: make(chan struct{}),
		lost:   make(chan string, 8),
		conns:  make(map[string]net.Conn),
	}
}

// Start begins to watch the connections.
func (cm *ConnectionManager) Start() {
	cm.wg.Add(1)
	go func() {
		defer cm.wg.Done()
		cm.run()
	}()
}

// Stop ends the manager and closes its connections.
func (cm *ConnectionManager) Stop() {
	cm.stopCh <- struct{}{} // want start-without-stop:"both wait for it"
	cm.wg.Wait()
	cm.mu.Lock()
	defer cm.mu.Unlock()
	for _, conn := range cm.conns {
		if conn != nil {
			conn.Close()
		}
	}
	clear(cm.conns)
}

// Lost reports that the connection to an agent broke.
func (cm *ConnectionManager) Lost(addr string) {
	select {
	case cm.lost <- addr:
	case <-cm.stopCh:
	}
}

func (cm *ConnectionManager) run() {
	go cm.monitorConnections()
	for {
		select {
		case <-cm.stopCh:
			return
		case addr := <-cm.lost:
			cm.setConn(addr, nil)
			go cm.attemptConnection(addr) // want untracked-goroutine:"nobody waits for it" unbounded-fan-out:"without a limit" unrecovered-panic:"ends the whole process"
		}
	}
}

// monitorConnections tries agents again that are not connected.
func (cm *ConnectionManager) monitorConnections() {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-cm.stopCh:
			return
		case <-ticker.C:
			for _, addr := range cm.disconnected() {
				go cm.attemptConnection(addr) // want untracked-goroutine:"nobody waits for it" unbounded-fan-out:"without a limit" unrecovered-panic:"ends the whole process"
			}
		}
	}
}

// attemptConnection dials an agent and waits for its greeting.
func (cm *ConnectionManager) attemptConnection(addr string) {
	conn, err := net.Dial("tcp", addr) // want missing-deadline:"never gets a deadline"
	if err != nil {
		cm.logger.Warn("agent is unreachable", "addr", addr, "error", err)
		return
	}
	greeting, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		conn.Close()
		cm.logger.Warn("agent did not greet", "addr", addr, "error", err)
		return
	}
	cm.logger.Info("agent connected", "addr", addr, "greeting", fmt.Sprintf("%q", greeting))
	cm.setConn(addr, conn)
}

func (cm *ConnectionManager) setConn(addr string, conn net.Conn) {
	cm.mu.Lock()
	defer cm.mu.Unlock()
	cm.conns[addr] = conn
}

func (cm *ConnectionManager) disconnected() []string {
	cm.mu.Lock()
	defer cm.mu.Unlock()
	var addrs []string
	for addr, conn := range cm.conns {
		if conn == nil {
			addrs = append(addrs, addr)
		}
	}
	return addrs
}
