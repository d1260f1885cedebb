package start

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"syscall"
)

func watched(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "tail", "-f", "log")
	if err := cmd.Start(); err != nil { // want "The return on line 16 is reached without `cmd.Wait\(\)`, so the goroutines that copy its output or watch its context leak"
		return err
	}
	return nil
}

func probed(ready func() error) (string, error) {
	var out bytes.Buffer
	cmd := exec.Command("server")
	cmd.Stdout = &out
	err := cmd.Start() // want "The return on line 28 is reached without `cmd.Wait\(\)`"
	if err != nil {
		return "", err
	}
	if err := ready(); err != nil {
		return "", err
	}
	return out.String(), cmd.Wait()
}

// waited is quiet.
func waited(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "true")
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}

// aside is quiet: a goroutine waits.
func aside(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "true")
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait()
	return nil
}

// detached is quiet: without a context and with files, no goroutine serves it.
func detached() error {
	cmd := exec.Command("xdg-open", "https://example.org")
	cmd.Stdout = os.Stdout
	return cmd.Start()
}

func follow(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "tail")
	return cmd.Start() // want "The return on line 61 is reached without"
}

// daemon is quiet: it is meant to outlive its parent.
func daemon(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "daemon")
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	return cmd.Start()
}

type runner struct{ cmd *exec.Cmd }

// owned is quiet: the runner waits.
func (r *runner) owned(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "true")
	r.cmd = cmd
	return cmd.Start()
}
