package main

import (
	"context"
	"os"
	"os/signal"
)

func onSignal(signals <-chan os.Signal) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-signals
		cancel()
	}()
	return ctx, cancel
}

func main() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	ctx, cancel := onSignal(signals)
	defer cancel()
	<-ctx.Done()
}
