package serve

import (
	"context"
	"errors"
	"net/http"
)

// run shuts its server down where it ends, so serving does not end with that error before.
func run(ctx context.Context, server *http.Server) error {
	failed := make(chan error)
	go func() {
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	err := <-failed
	return errors.Join(err, server.Shutdown(ctx))
}
