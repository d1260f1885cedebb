package group

import "golang.org/x/sync/errgroup"

// Self waits for the group from one of its goroutines.
func Self() error {
	var eg errgroup.Group
	eg.Go(func() error {
		return eg.Wait() // want "^`eg.Wait\(\)` blocks forever: a goroutine of the group does not return"
	})
	return eg.Wait()
}

// Waited waits for the group outside of it.
func Waited(work func() error) error {
	var eg errgroup.Group
	eg.Go(work)
	return eg.Wait()
}
