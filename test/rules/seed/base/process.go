package harbor

import (
	"bufio"
	"context"
	"fmt"
	"os/exec"
	"sync"
)

// Status is the state of a managed process.
type Status string

const (
	StatusRunning Status = "running"
	StatusExited  Status = "exited"
	StatusFailed  Status = "failed"
)

// Process is a command that harbor runs on behalf of its clients.
type Process struct {
	Name string

	mu     sync.Mutex
	status Status
	lines  []string
}

// Status returns the current state.
func (p *Process) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// Lines returns a copy of what the process has written so far.
func (p *Process) Lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.lines...)
}

func (p *Process) setStatus(status Status) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.status = status
}

func (p *Process) appendLine(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines = append(p.lines, line)
}

// ProcessManager runs processes and publishes what happens to them.
type ProcessManager struct {
	bus *EventBus

	mu        sync.RWMutex
	processes map[string]*Process
}

// NewProcessManager returns a manager that publishes to bus.
func NewProcessManager(bus *EventBus) *ProcessManager {
	return &ProcessManager{bus: bus, processes: make(map[string]*Process)}
}

// Lookup returns the process of that name, or false.
func (m *ProcessManager) Lookup(name string) (*Process, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	process, ok := m.processes[name]
	return process, ok
}

// Run executes a command until it exits or ctx ends, publishing each line that it writes.
func (m *ProcessManager) Run(ctx context.Context, name, command string, args ...string) error {
	cmd := exec.CommandContext(ctx, command, args...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("open output of %s: %w", name, err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", name, err)
	}
	process := m.register(name)
	m.bus.Publish(Event{Kind: ProcessStarted, Process: name})
	scanner := bufio.NewScanner(stdout)
	for scanner.Scan() {
		process.appendLine(scanner.Text())
		m.bus.Publish(Event{Kind: LogWritten, Process: name, Text: scanner.Text()})
	}
	err = cmd.Wait()
	if err != nil {
		process.setStatus(StatusFailed)
	} else {
		process.setStatus(StatusExited)
	}
	m.bus.Publish(Event{Kind: ProcessExited, Process: name})
	return err
}

func (m *ProcessManager) register(name string) *Process {
	process := &Process{Name: name, status: StatusRunning}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.processes[name] = process
	return process
}
