package serve

import (
	"context"
	"net"
	"time"
)

// Serve cancels a context of its own, and its watcher waits for that of its caller.
func Serve(ctx context.Context, conn net.Conn) error {
	own, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-ctx.Done() // want "^If the caller of `Serve` never cancels `ctx`, `<-ctx.Done\(\)` waits forever"
		conn.Close()
	}()
	return pump(own, conn)
}

func pump(ctx context.Context, conn net.Conn) error {
	buffer := make([]byte, 512)
	for ctx.Err() == nil {
		if _, err := conn.Read(buffer); err != nil {
			return err
		}
	}
	return ctx.Err()
}

type Lease struct {
	every time.Duration
	renew func()
}

// Hold renews until the caller's context ends, long after the work is done.
func (l *Lease) Hold(ctx context.Context, work func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	go func() {
		ticker := time.NewTicker(l.every)
		defer ticker.Stop()
		for {
			select { // want "^If the caller of .*Hold.* never cancels `ctx`"
			case <-ctx.Done():
				return
			case <-ticker.C:
				l.renew()
			}
		}
	}()
	return work(limited)
}

// HoldOwn renews as long as the work goes on.
func (l *Lease) HoldOwn(ctx context.Context, work func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	go func() {
		ticker := time.NewTicker(l.every)
		defer ticker.Stop()
		for {
			select {
			case <-limited.Done():
				return
			case <-ticker.C:
				l.renew()
			}
		}
	}()
	return work(limited)
}

// Both waits for its caller and for its own end.
func Both(ctx context.Context, conn net.Conn) error {
	own, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-ctx.Done():
		case <-own.Done():
		}
		conn.Close()
	}()
	return pump(own, conn)
}

type Reply struct{ Text string }

type Service struct{ conn net.Conn }

// Get is the handler of a remote call: its context ends with it.
func (s *Service) Get(ctx context.Context, key *string) (*Reply, error) {
	own, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-ctx.Done()
		s.conn.Close()
	}()
	return &Reply{Text: *key}, pump(own, s.conn)
}
