// Package logs follows the logs of pods.
package logs

import (
	"bufio"
	"context"
	"io"

	corev1 "k8s.io/api/core/v1"
)

type request interface {
	Stream(ctx context.Context) (io.ReadCloser, error)
}

type pods interface {
	GetLogs(name string, options *corev1.PodLogOptions) request
}

func follow(ctx context.Context, client pods, name string, lines chan<- string) {
	stream, err := client.GetLogs(name, &corev1.PodLogOptions{Follow: true}).Stream(ctx) // want "without `stream.Close\(\)`, so the connection stays open"
	if err != nil {
		return
	}
	scanner := bufio.NewScanner(stream)
	for scanner.Scan() {
		select {
		case lines <- scanner.Text():
		case <-ctx.Done():
			return
		}
	}
}

func firstLine(ctx context.Context, client pods, name string) (string, error) {
	options := &corev1.PodLogOptions{Follow: true}
	req := client.GetLogs(name, options)
	stream, err := req.Stream(ctx) // want "without `stream.Close\(\)`"
	if err != nil {
		return "", err
	}
	return bufio.NewReader(stream).ReadString('\n')
}

// all is quiet: it closes the stream.
func all(ctx context.Context, client pods, name string) ([]byte, error) {
	stream, err := client.GetLogs(name, &corev1.PodLogOptions{}).Stream(ctx)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	return io.ReadAll(stream)
}

// open is quiet: its caller has the stream.
func open(ctx context.Context, client pods, name string) (io.ReadCloser, error) {
	return client.GetLogs(name, &corev1.PodLogOptions{}).Stream(ctx)
}

// size closes what open has opened.
func size(ctx context.Context, client pods, name string) (int, error) {
	stream, err := open(ctx, client, name)
	if err != nil {
		return 0, err
	}
	defer stream.Close()
	text, err := io.ReadAll(stream)
	return len(text), err
}

// Read uses them.
func Read(ctx context.Context, client pods, name string) (string, error) {
	lines := make(chan string, 1)
	follow(ctx, client, name, lines)
	if _, err := all(ctx, client, name); err != nil {
		return "", err
	}
	if _, err := size(ctx, client, name); err != nil {
		return "", err
	}
	return firstLine(ctx, client, name)
}
