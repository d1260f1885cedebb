/** What golang.org/x/sync/semaphore promises, for weights of one: https://pkg.go.dev/golang.org/x/sync/semaphore */
export const semaphoreSource = `package semaphore

import "context"

type Weighted struct {
	slots chan struct{}
}

func NewWeighted(n int64) *Weighted {
	return &Weighted{slots: make(chan struct{}, max(n, 1))}
}

func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	if n != 1 {
		return nil
	}
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Weighted) TryAcquire(n int64) bool {
	if n != 1 {
		return true
	}
	select {
	case s.slots <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s *Weighted) Release(n int64) {
	if n != 1 {
		return
	}
	select {
	case <-s.slots:
	default:
	}
}
`;
