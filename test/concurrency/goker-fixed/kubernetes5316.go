package fixed

import (
	"errors"
	"time"
)

func finish(timeout time.Duration, fn func() error) error {
	errs := make(chan error, 1)
	done := make(chan bool, 1)
	go func() {
		if err := fn(); err != nil {
			errs <- err
		} else {
			done <- true
		}
	}()
	select {
	case <-done:
		return nil
	case err := <-errs:
		return err
	case <-time.After(timeout):
		return errors.New("timed out")
	}
}

func run() {
	go finish(time.Microsecond, func() error { return errors.New("failed") })
}
