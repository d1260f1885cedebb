package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	ctx, cancel := interrupted(context.Background())
	defer cancel()
	<-ctx.Done()
}

// interrupted is quiet: the goroutine ends with the program.
func interrupted(parent context.Context) (context.Context, context.CancelFunc) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	return joined(parent, signals)
}

func joined(parent context.Context, signals chan os.Signal) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		select {
		case <-signals:
		case <-parent.Done():
		}
		cancel()
	}()
	return ctx, cancel
}
