package kernel

import (
	"errors"
	"time"
)

func within(limit time.Duration, work func() error) error {
	done := make(chan bool)
	failed := make(chan error)
	go func() {
		if err := work(); err != nil {
			failed <- err // leaks
		} else {
			done <- true // leaks
		}
	}()
	select {
	case <-done:
		return nil
	case err := <-failed:
		return err
	case <-time.After(limit):
		return errors.New("too late")
	}
}

func Leak() {
	go within(time.Microsecond, func() error {
		time.Sleep(time.Millisecond)
		return nil
	})
}
