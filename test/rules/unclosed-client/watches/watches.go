// Package watches has watchers and streams of events.
package watches

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/fsnotify/fsnotify"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
	toolswatch "k8s.io/client-go/tools/watch"
)

var errTimeout = errors.New("timeout")

type pods interface {
	Watch(ctx context.Context, opts metav1.ListOptions) (watch.Interface, error)
}

func changed(path string) (string, error) {
	watcher, err := fsnotify.NewWatcher() // want "The return on line 28 is reached without `watcher.Close\(\)`, so the goroutine that reads its events stays"
	if err != nil {
		return "", err
	}
	if err := watcher.Add(path); err != nil {
		return "", err
	}
	event := <-watcher.Events
	return event.Name, watcher.Close()
}

func firstEvent(ctx context.Context, client pods) (watch.Event, error) {
	w, err := client.Watch(ctx, metav1.ListOptions{LabelSelector: "app=x"}) // want "The return on line 41 is reached without `w.Stop\(\)`, so the goroutine that delivers its events stays"
	if err != nil {
		return watch.Event{}, err
	}
	select {
	case event := <-w.ResultChan():
		return event, nil
	case <-time.After(time.Second):
		w.Stop()
		return watch.Event{}, errTimeout
	}
}

func retried(version string) (watch.Event, error) {
	w, err := toolswatch.NewRetryWatcher(version, nil) // want "The return on line 53"
	if err != nil {
		return watch.Event{}, err
	}
	return <-w.ResultChan(), nil
}

func records(ctx context.Context, client *kinesis.Client, input *kinesis.SubscribeToShardInput) (any, error) {
	out, err := client.SubscribeToShard(ctx, input)
	if err != nil {
		return nil, err
	}
	stream := out.GetStream() // want "The return on line 62 is reached without `stream.Close\(\)`, so the goroutines that read its events stay"
	return <-stream.Events(), nil
}

// stopped is quiet.
func stopped(ctx context.Context, client pods) error {
	w, err := client.Watch(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	defer w.Stop()
	<-w.ResultChan()
	return nil
}

// returned is quiet: the caller stops it.
func returned(ctx context.Context, client pods) (watch.Interface, error) {
	return client.Watch(ctx, metav1.ListOptions{})
}

type tree struct{ watcher *fsnotify.Watcher }

// kept is quiet: the tree closes.
func kept(path string) (*tree, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &tree{watcher: watcher}, nil
}

// goes is quiet: the goroutine closes.
func goes(path string, changed func()) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	go func() {
		defer watcher.Close()
		for range watcher.Events {
			changed()
		}
	}()
	return nil
}

// drained is quiet.
func drained(out *kinesis.SubscribeToShardOutput, handle func(any)) error {
	stream := out.GetStream()
	defer stream.Close()
	for event := range stream.Events() {
		handle(event)
	}
	return stream.Err()
}
