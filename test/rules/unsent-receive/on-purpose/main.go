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
	<-results // want "^`<-results` blocks forever"
}

// stall takes the place of a service that does not answer.
func stall(ctx context.Context) {
	select {
	case <-make(chan struct{}):
	case <-ctx.Done():
	}
}

// Outage lasts as long as the program.
func Outage() { stall(context.Background()) }

// Silence waits for an answer that cannot come.
func Silence() {
	answers := make(chan int)
	select { // want "^This `select` blocks forever"
	case <-answers:
	case <-context.Background().Done():
	}
}
