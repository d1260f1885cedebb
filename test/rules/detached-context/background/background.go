package background

import (
	"context"
	"net/http"
	"time"
)

type store struct{}

func (store) save(ctx context.Context, name string) error { return ctx.Err() }

func upload(ctx context.Context, s store, name string) {
	go s.save(context.Background(), name) // want "`s.save` uses a background context, so the end of `ctx` does not reach it"
	go func() {
		s.save(context.TODO(), name) // want "The goroutine uses a background context"
	}()
}

func handle(w http.ResponseWriter, r *http.Request) {
	var s store
	go s.save(r.Context(), r.URL.Path) // want "uses the context of a request that may be over"
	w.WriteHeader(http.StatusAccepted)
}

// passed is quiet.
func passed(ctx context.Context, s store, name string) {
	go s.save(ctx, name)
}

// meant is quiet: these detachments are deliberate.
func meant(ctx context.Context, s store, name string) {
	go s.save(context.WithoutCancel(ctx), name)
	go func() {
		limited, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		s.save(limited, name)
	}()
	go func() {
		<-ctx.Done()
		s.save(context.Background(), name)
	}()
}

// waits is quiet: the handler is there as long as the goroutine.
func waits(w http.ResponseWriter, r *http.Request) {
	var s store
	done := make(chan error, 1)
	go func() { done <- s.save(r.Context(), r.URL.Path) }()
	if err := <-done; err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}
