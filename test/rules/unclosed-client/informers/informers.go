// Package informers starts informers with channels that are closed, or not.
package informers

import (
	"context"
	"errors"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

var errNotSynced = errors.New("not synced")

func listed(client any) error {
	factory := informers.NewSharedInformerFactory(client, 0)
	stop := make(chan struct{})
	factory.Start(stop) // want "The return on line 20 is reached without `close\(stop\)`, so the goroutines of the informers stay"
	for _, ok := range factory.WaitForCacheSync(stop) {
		if !ok {
			return errNotSynced
		}
	}
	return nil
}

func one(informer cache.SharedIndexInformer) error {
	stop := make(chan struct{})
	go informer.Run(stop) // want "The return on line 30 is reached without `close\(stop\)`"
	if !cache.WaitForCacheSync(stop, informer.HasSynced) {
		return errNotSynced
	}
	close(stop)
	return nil
}

// closed is quiet.
func closed(factory informers.SharedInformerFactory) error {
	stop := make(chan struct{})
	defer close(stop)
	factory.Start(stop)
	factory.WaitForCacheSync(stop)
	return nil
}

// given is quiet: whoever has the channel closes it.
func given(factory informers.SharedInformerFactory, stop chan struct{}) {
	factory.Start(stop)
}

// ofContext is quiet: the context ends them.
func ofContext(ctx context.Context, factory informers.SharedInformerFactory) {
	factory.Start(ctx.Done())
}

// returned is quiet: the caller closes it.
func returned(factory informers.SharedInformerFactory) chan struct{} {
	stop := make(chan struct{})
	factory.Start(stop)
	return stop
}
