package mount

import "example.org/mount/threads"

type request struct{ work func() error }

type view struct{ todo chan request }

// A call that fails does not keep the function it was given.
func open() (*view, error) {
	todo := make(chan request)
	err := threads.Go(
		func() {
			for one := range todo {
				_ = one.work()
			}
		},
	)
	if err != nil {
		return nil, err
	}
	return &view{todo: todo}, nil
}

func serve(work func() error, wanted bool) {
	todo := make(chan request)
	go func() {
		for one := range todo { // want "^`range todo` never ends: nobody closes `todo`"
			_ = one.work()
		}
	}()
	if !wanted {
		return
	}
	todo <- request{work: work}
	close(todo)
}

// The function that ranges was kept before the next call failed.
func openBoth() (*view, error) {
	todo := make(chan request)
	threads.Keep(func() {
		for one := range todo { // want "^If the callback is called after `openBoth` has returned, `range todo` never ends"
			_ = one.work()
		}
	})
	err := threads.Go(func() {})
	if err != nil {
		return nil, err
	}
	return &view{todo: todo}, nil
}
