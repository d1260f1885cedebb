package process

import (
	"os/exec"

	"example.org/process/errors"
)

var errBusy = errors.Errorf("busy")

func start(name string, busy bool) (<-chan struct{}, error) {
	if busy {
		return nil, errBusy
	}
	cmd := exec.Command(name)
	if err := cmd.Start(); err != nil {
		return nil, errors.Wrap(err, "start")
	}
	done := make(chan struct{})
	go func() {
		cmd.Wait()
		close(done)
	}()
	return done, nil
}

// The channel is nil with an error only, and a wrapped error is one.
func Run(name string, busy bool) error {
	done, err := start(name, busy)
	if err != nil {
		return err
	}
	<-done
	return nil
}

func find(names []string) (<-chan struct{}, error) {
	for _, name := range names {
		if done, err := start(name, false); err == nil {
			return done, nil
		}
	}
	return nil, nil
}

func RunFirst(names []string) error {
	done, err := find(names)
	if err != nil {
		return err
	}
	<-done // want "^`<-done` blocks forever: `done` is nil here"
	return nil
}

func spread(values []uint64, workers int) {
	inputs := make([]chan uint64, 0, workers)
	for range workers {
		input := make(chan uint64)
		inputs = append(inputs, input)
		go func() {
			for range input {
			}
		}()
	}
	// An index is inside the slice, or Go panics.
	for _, value := range values {
		inputs[value%uint64(len(inputs))] <- value
	}
	for _, input := range inputs {
		close(input)
	}
}
