package store

import "context"

type Item[T any] struct {
	Value T
	Err   error
}

// Store is a context that also keeps lines.
type Store interface {
	context.Context
	Lines(key string) <-chan Item[any]
}

// Session wraps a store.
type Session interface {
	Store
	ID() int
}

func Typed[T any](s Store, key string) <-chan Item[T] {
	in := s.Lines(key)
	out := make(chan Item[T], 1)
	go func() {
		defer close(out)
		for item := range in {
			value, _ := item.Value.(T)
			out <- Item[T]{Value: value, Err: item.Err} // want "If the caller of `Typed` stops reading"
		}
	}()
	return out
}

func Count(s Session, key string) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		n := 0
		for range s.Lines(key) {
			n++
			out <- n // want "If the caller of `Count` stops reading"
		}
	}()
	return out
}

type source struct {
	store Store
}

func (s *source) Keys(from <-chan string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for key := range from {
			if s.store.Err() != nil {
				return
			}
			out <- key // want "If the caller of `\(\*source\).Keys` stops reading"
		}
	}()
	return out
}

// Obeying waits for the store beside its send.
func Obeying(s Store, key string) <-chan error {
	out := make(chan error)
	go func() {
		defer close(out)
		for item := range s.Lines(key) {
			select {
			case out <- item.Err:
			case <-s.Done():
				return
			}
		}
	}()
	return out
}

// Plain knows of no way to stop.
type Plain interface {
	Lines(key string) <-chan Item[any]
}

func All(s Plain, key string) <-chan any {
	out := make(chan any)
	go func() {
		defer close(out)
		for item := range s.Lines(key) {
			out <- item.Value
		}
	}()
	return out
}
