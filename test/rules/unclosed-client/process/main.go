package main

import (
	"context"
	"net/http"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"
	"google.golang.org/grpc"
)

func main() {
	if err := run(os.Args[1], []byte("data")); err != nil {
		os.Exit(1)
	}
	http.HandleFunc("/", serve)
}

// run is quiet: the process ends after it.
func run(url string, data []byte) error {
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	return nc.Publish("subject", data)
}

// command is quiet: the process ends after it.
func command(cmd *cobra.Command, args []string) error {
	conn, err := grpc.NewClient(args[0])
	if err != nil {
		return err
	}
	return ping(cmd.Context(), conn)
}

func ping(ctx context.Context, conn *grpc.ClientConn) error {
	if conn == nil {
		return nil
	}
	return ctx.Err()
}

func serve(w http.ResponseWriter, r *http.Request) {
	nc, err := nats.Connect(r.Host) // want "The block ends after line 51 without `nc.Close\(\)`"
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	_ = nc.Publish("subject", nil)
}

func all(urls []string) error {
	for _, url := range urls {
		nc, err := nats.Connect(url) // want "The block ends after line 60 without `nc.Close\(\)`"
		if err != nil {
			continue
		}
		_ = nc.Publish("subject", nil)
	}
	return nil
}

func sometimes(url string, data []byte) error {
	nc, err := nats.Connect(url) // want "The return on line 71 is reached without `nc.Close\(\)`"
	if err != nil {
		return err
	}
	if len(data) == 0 {
		return nil
	}
	defer nc.Close()
	return nc.Publish("subject", data)
}
