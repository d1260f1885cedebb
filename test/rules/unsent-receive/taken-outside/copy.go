package copying

type block struct{ data []byte }

type store interface {
	Links(b block, each func(block))
	Put(b block) error
}

func visit(from store, b block, use func(block) error) error {
	var first error
	from.Links(b, func(below block) {
		if err := visit(from, below, use); err != nil {
			first = err
		}
	})
	if first != nil {
		return first
	}
	return use(b)
}

// Whoever takes the error, in a call of use, hands it on.
func copyAll(from, to store, root block) error {
	queue, failed := make(chan block, 3), make(chan error)
	go func() {
		for b := range queue {
			if err := to.Put(b); err != nil {
				failed <- err
				return
			}
		}
		close(failed)
	}()
	use := func(b block) error {
		select {
		case queue <- b:
			return nil
		case err := <-failed:
			return err
		}
	}
	if err := visit(from, root, use); err != nil {
		close(queue)
		return err
	}
	close(queue)
	return <-failed
}

func copyOne(to store, b block) error {
	failed := make(chan error)
	go func() {
		if err := to.Put(b); err != nil {
			failed <- err
		}
	}()
	return <-failed // want "^`<-failed` blocks forever"
}
