package harbor

import (
	"context"
	"os"
)

// Resource is a file that a client may read.
type Resource struct {
	URI  string
	Text string
}

// ReadResource loads a resource and gives up when the client does: a mounted folder can take its time.
func (s *Server) ReadResource(ctx context.Context, uri, path string) (Resource, error) {
	loaded := make(chan Resource)
	failed := make(chan error, 1)
	go func() { // want unrecovered-panic:"ends the whole process"
		text, err := os.ReadFile(path)
		if err != nil {
			failed <- err
			return
		}
		loaded <- Resource{URI: uri, Text: string(text)} // want unreceived-send:"nobody receives"
	}()
	select {
	case resource := <-loaded:
		return resource, nil
	case err := <-failed:
		return Resource{}, err
	case <-ctx.Done():
		return Resource{}, ctx.Err()
	}
}
