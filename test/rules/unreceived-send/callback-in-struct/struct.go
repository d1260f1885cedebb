package callbacks

import (
	"context"
	"net/http"
	"net/http/httptrace"
	"time"

	"example.com/informer"
)

// FirstByte hands its callback over in a struct literal.
func FirstByte(ctx context.Context, client *http.Client, url string) (time.Time, error) {
	first := make(chan time.Time)
	trace := &httptrace.ClientTrace{GotFirstResponseByte: func() { first <- time.Now() }} // want "If the callback is called after `FirstByte` has returned"
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(context.Background(), trace), http.MethodGet, url, nil)
	if err != nil {
		return time.Time{}, err
	}
	go func() {
		if resp, err := client.Do(req); err == nil {
			resp.Body.Close()
		}
	}()
	select {
	case t := <-first:
		return t, nil
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
}

// Await registers a handler in a struct of functions, and leaves it there.
func Await(ctx context.Context, pods informer.Informer, name string) error {
	added := make(chan string)
	pods.AddEventHandler(informer.Funcs{
		OnAdd: func(pod string) {
			added <- pod // want "If the callback is called after `Await` has returned"
		},
	})
	for {
		select {
		case pod := <-added:
			if pod == name {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type hooks struct {
	before, after func(int)
}

// Progress stores its callbacks in a struct of its own, which a list carries.
func Progress(ctx context.Context, job informer.Job) (int, error) {
	done := make(chan int)
	each := hooks{after: func(n int) {
		done <- n // want "If the callback is called after `Progress` has returned"
	}}
	job.RegisterHooks([]hooks{each})
	select {
	case n := <-done:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Roomy has room for the only value that it waits for.
func Roomy(ctx context.Context, pods informer.Informer) (string, error) {
	added := make(chan string, 1)
	pods.AddEventHandler(informer.Funcs{
		OnAdd: func(pod string) {
			select {
			case added <- pod:
			default:
			}
		},
	})
	select {
	case pod := <-added:
		return pod, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Undone gives up alongside the send.
func Undone(ctx context.Context, pods informer.Informer) (string, error) {
	added := make(chan string)
	left := make(chan struct{})
	defer close(left)
	pods.AddEventHandler(informer.Funcs{
		OnAdd: func(pod string) {
			select {
			case added <- pod:
			case <-left:
			}
		},
	})
	select {
	case pod := <-added:
		return pod, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Kept is never handed over.
func Kept(ctx context.Context) (int, error) {
	done := make(chan int)
	each := hooks{after: func(n int) { done <- n }}
	go func() {
		select {
		case <-done:
		case <-ctx.Done():
		}
	}()
	if each.before != nil {
		each.before(1)
	}
	return 0, ctx.Err()
}
