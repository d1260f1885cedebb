package account

import "context"

type request struct{ result chan error }

type account struct {
	pending  bool
	reserved []*request
	released []*request
}

func (a *account) Release() error { return a.ask(context.Background(), &a.released) }

// The request is kept by the account, whoever answers it later.
func (a *account) ask(ctx context.Context, list *[]*request) error {
	one := &request{result: make(chan error)}
	*list = append(*list, one)
	go a.process()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-one.result:
		return err
	}
}

func (a *account) process() {
	if a.pending {
		return
	}
	for _, one := range a.released {
		one.result <- nil
	}
}

func (a *account) once() error {
	one := &request{result: make(chan error)}
	go func() {
		if !a.pending {
			one.result <- nil
		}
	}()
	return <-one.result // want "^`<-one.result` blocks forever"
}
