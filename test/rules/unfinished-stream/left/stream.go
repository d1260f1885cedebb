package left

import (
	"context"
	"errors"
)

type Event struct{ Kind string }

// Feed_WatchClient has the shape of a generated client stream.
type Feed_WatchClient interface {
	Recv() (*Event, error)
}

type FeedClient interface {
	Watch(ctx context.Context, topic string) (Feed_WatchClient, error)
}

func first(client FeedClient) (*Event, error) {
	stream, err := client.Watch(context.Background(), "all") // want "The return on line 29 is reached without `stream.Recv\(\)`, so the goroutine of the stream lives"
	if err != nil {
		return nil, err
	}
	for {
		event, err := stream.Recv()
		if err != nil {
			return nil, err
		}
		return event, nil
	}
}

// drained is quiet: an error of Recv is the end of the stream.
func drained(client FeedClient) error {
	stream, err := client.Watch(context.Background(), "all")
	if err != nil {
		return err
	}
	for {
		_, err := stream.Recv()
		if err != nil {
			return err
		}
	}
}

// cancelled is quiet: the context ends the stream.
func cancelled(client FeedClient) (*Event, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	stream, err := client.Watch(ctx, "all")
	if err != nil {
		return nil, err
	}
	return stream.Recv()
}

var errNone = errors.New("none")

// handed is quiet: the caller goes on with it.
func handed(client FeedClient) (Feed_WatchClient, error) {
	stream, err := client.Watch(context.Background(), "all")
	if err != nil {
		return nil, errNone
	}
	return stream, nil
}
