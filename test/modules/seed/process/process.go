// Package process runs commands and keeps what they write.
package process

import "sync"

type Manager struct {
	mu        sync.Mutex
	logs      []func(line string)
	processes map[string]*Process
}

type Process struct {
	Status string
}

// AddLogCallback calls fn for each line that a process writes.
func (m *Manager) AddLogCallback(fn func(line string)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.logs = append(m.logs, fn)
}

func (m *Manager) Get(id string) *Process {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.processes[id]
}

func (m *Manager) write(line string) {
	m.mu.Lock()
	logs := m.logs
	m.mu.Unlock()
	for _, fn := range logs {
		fn(line)
	}
}
