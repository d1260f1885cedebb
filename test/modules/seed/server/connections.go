package server

import "time"

type connection struct{ alive func() bool }

// ConnectionManager owns its connections: one goroutine changes them.
type ConnectionManager struct {
	lost        chan string
	stopped     chan struct{}
	connections map[string]*connection
}

func NewConnectionManager() *ConnectionManager {
	return &ConnectionManager{
		lost:        make(chan string),
		stopped:     make(chan struct{}),
		connections: make(map[string]*connection),
	}
}

func (cm *ConnectionManager) Add(id string, alive func() bool) {
	cm.connections[id] = &connection{alive: alive}
}

func (cm *ConnectionManager) Start() { go cm.run() }

func (cm *ConnectionManager) Stop() { close(cm.stopped) }

// Lost says that a connection is gone.
func (cm *ConnectionManager) Lost(id string) {
	select {
	case cm.lost <- id:
	case <-cm.stopped:
	}
}

func (cm *ConnectionManager) run() {
	go cm.monitorConnections()
	for {
		select {
		case id := <-cm.lost:
			delete(cm.connections, id)
		case <-cm.stopped:
			return
		}
	}
}

func (cm *ConnectionManager) monitorConnections() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			for id, one := range cm.connections {
				if !one.alive() {
					cm.lost <- id // want stopped-loop-send:"If `Stop` is called meanwhile, `cm.lost <- id` blocks forever once"
				}
			}
		case <-cm.stopped:
			return
		}
	}
}
