package serve

import (
	"context"
	"log"
	"net/http"
)

func during(handler http.Handler, work func() error) error {
	srv := &http.Server{Addr: "127.0.0.1:0", Handler: handler}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want "The return on line 16 is reached without `srv.Shutdown\(\)`, so the server and its goroutine go on"
			log.Print(err)
		}
	}()
	return work()
}

// closed is quiet.
func closed(handler http.Handler, work func() error) error {
	srv := &http.Server{Handler: handler}
	defer srv.Close()
	go srv.ListenAndServe()
	return work()
}

// watched is quiet: the end of the context shuts it down.
func watched(ctx context.Context, handler http.Handler) {
	srv := &http.Server{Handler: handler}
	go srv.ListenAndServe()
	go func() {
		<-ctx.Done()
		srv.Shutdown(context.Background())
	}()
}

// handed is quiet: the caller has it.
func handed(handler http.Handler) *http.Server {
	srv := &http.Server{Handler: handler}
	go srv.ListenAndServe()
	return srv
}
