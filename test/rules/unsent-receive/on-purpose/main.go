package main

import (
	"context"
	"os"
)

// A program that serves until it is killed.
func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if len(os.Args) > 1 {
		serve(ctx)
		<-ctx.Done()
		return
	}
	<-make(chan struct{})
}

func serve(ctx context.Context) {
	results := make(chan error)
	go func() {
		if err := ctx.Err(); err != nil {
			results <- err
		}
	}()
	<-results // want "^`<-results` blocks for ever"
}
