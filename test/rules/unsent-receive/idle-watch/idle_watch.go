package idle

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

func repeat(ctx context.Context, try func() error) {
	over := false
	go func() {
		<-ctx.Done() // want "If the caller of `repeat` never cancels `ctx`, `<-ctx.Done\(\)` waits forever after `repeat` returns"
		over = true
	}()
	for !over && try() != nil {
		time.Sleep(time.Millisecond)
	}
}

func exchange(ctx context.Context, conn net.Conn, buf []byte) (int, error) {
	defer conn.Close()
	go func() {
		select {
		case <-ctx.Done(): // want "never cancels `ctx`"
			_ = conn.Close()
		}
	}()
	return conn.Read(buf)
}

// exchangeUntilDone ends its watcher together with itself.
func exchangeUntilDone(ctx context.Context, conn net.Conn, buf []byte) (int, error) {
	done := make(chan struct{})
	defer close(done)
	defer conn.Close()
	go func() {
		select {
		case <-ctx.Done():
			_ = conn.Close()
		case <-done:
		}
	}()
	return conn.Read(buf)
}

// exchangeBriefly has a context of its own.
func exchangeBriefly(ctx context.Context, conn net.Conn, buf []byte) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	defer conn.Close()
	go func() {
		<-ctx.Done()
		_ = conn.Close()
	}()
	return conn.Read(buf)
}

// dial hands the connection out, which lives as long as the context.
func dial(ctx context.Context, address string) (net.Conn, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	go func() {
		<-ctx.Done()
		_ = conn.Close()
	}()
	return conn, nil
}

// serve ends mostly because its context does.
func serve(ctx context.Context, server *http.Server) error {
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.Background())
	}()
	return server.ListenAndServe()
}

// waitFor does not return before its context ends.
func waitFor(ctx context.Context) {
	over := false
	go func() {
		<-ctx.Done()
		over = true
	}()
	<-ctx.Done()
	_ = over
}

type store struct{}
type request struct{ key string }
type reply struct{ value string }

// Get is the handler of a remote call: its context ends with it.
func (s *store) Get(ctx context.Context, r *request) (*reply, error) {
	over := false
	go func() {
		<-ctx.Done()
		over = true
	}()
	if over {
		return nil, errors.New("over")
	}
	return &reply{r.key}, nil
}

func within(conn net.Conn, buf []byte) (int, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return watched(ctx, conn, buf)
}

// watched is only called with contexts that end soon.
func watched(ctx context.Context, conn net.Conn, buf []byte) (int, error) {
	defer conn.Close()
	go func() {
		<-ctx.Done()
		_ = conn.Close()
	}()
	return conn.Read(buf)
}
