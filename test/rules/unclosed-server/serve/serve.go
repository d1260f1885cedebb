package serve

import (
	"context"
	"log"
	"net/http"
)

func during(handler http.Handler, prepare, work func() error) error {
	srv := &http.Server{Addr: "127.0.0.1:0", Handler: handler}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want "The return on line 17 is reached without `srv.Shutdown\(\)`, so the server and its goroutine keep running"
			log.Print(err)
		}
	}()
	if err := prepare(); err != nil {
		return err
	}
	err := work()
	srv.Close()
	return err
}

func perRequest(w http.ResponseWriter, r *http.Request) {
	srv := &http.Server{Addr: r.FormValue("addr")}
	go srv.ListenAndServe() // want "The block ends after line 27 without `srv.Shutdown\(\)`"
	w.WriteHeader(http.StatusAccepted)
}

// metrics is quiet: it may be meant to last as long as the process.
func metrics(addr string) {
	srv := &http.Server{Addr: addr}
	go srv.ListenAndServe()
}

// answered is quiet: the server has ended when its goroutine says so.
func answered(ctx context.Context, handler http.Handler) error {
	srv := &http.Server{Handler: handler}
	failed := make(chan error, 1)
	go func() { failed <- srv.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return srv.Shutdown(context.WithoutCancel(ctx))
	}
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
