// Package store keeps values that run goroutines in fields of other values.
package store

import (
	"context"
	"errors"
	"time"
)

var errNoName = errors.New("no name")

// cache sweeps itself until it is closed, whatever becomes of the context that it was made with.
type cache struct {
	closed chan struct{}
	sweep  func(context.Context)
}

func newCache(ctx context.Context, sweep func(context.Context)) (*cache, error) {
	if sweep == nil {
		return nil, errNoName
	}
	c := &cache{closed: make(chan struct{}), sweep: sweep}
	go c.loop(context.WithoutCancel(ctx))
	return c, nil
}

func (c *cache) loop(ctx context.Context) {
	for {
		select {
		case <-c.closed:
			return
		case <-time.After(time.Minute):
			c.sweep(ctx)
		}
	}
}

func (c *cache) get(name string) (string, error) {
	if name == "" {
		return "", errNoName
	}
	return name, nil
}

func (c *cache) Close() { close(c.closed) }

type Store struct {
	name  string
	cache *cache
}

func (s *Store) load() error {
	_, err := s.cache.get(s.name)
	return err
}

// Close ends the cache under another name than its own.
func (s *Store) Close() { s.cache.Close() }

// Open drops the store, and the cache in it, when the first load fails.
func Open(ctx context.Context, name string, sweep func(context.Context)) (*Store, error) {
	c, err := newCache(ctx, sweep) // want "The goroutine of `c` leaks when line 68 returns an error: nobody calls `Close` of `cache`"
	if err != nil {
		return nil, err
	}
	s := &Store{name: name, cache: c}
	if err := s.load(); err != nil {
		return nil, err
	}
	return s, nil
}

// OpenOrClose closes the store, and so the cache.
func OpenOrClose(ctx context.Context, name string, sweep func(context.Context)) (*Store, error) {
	c, err := newCache(ctx, sweep)
	if err != nil {
		return nil, err
	}
	s := &Store{name: name, cache: c}
	if err := s.load(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

var opened = map[string]*Store{}

// OpenShared gives the store to others before it fails.
func OpenShared(ctx context.Context, name string, sweep func(context.Context)) (*Store, error) {
	c, err := newCache(ctx, sweep)
	if err != nil {
		return nil, err
	}
	s := &Store{name: name, cache: c}
	opened[name] = s
	if err := s.load(); err != nil {
		return nil, err
	}
	return s, nil
}

// OpenLate adds the cache to a store that others have already.
func OpenLate(ctx context.Context, name string, sweep func(context.Context)) (*Store, error) {
	s := &Store{name: name}
	opened[name] = s
	c, err := newCache(ctx, sweep)
	if err != nil {
		return nil, err
	}
	s.cache = c
	if err := s.load(); err != nil {
		return nil, err
	}
	return s, nil
}

// OpenDeferred closes the store in a deferred function.
func OpenDeferred(ctx context.Context, name string, sweep func(context.Context)) (_ *Store, err error) {
	c, err := newCache(ctx, sweep)
	if err != nil {
		return nil, err
	}
	s := &Store{name: name, cache: c}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if err = s.load(); err != nil {
		return nil, err
	}
	return s, nil
}

// watcher is made with a context that ends it as well.
type watcher struct {
	closed chan struct{}
}

func newWatcher(ctx context.Context) *watcher {
	w := &watcher{closed: make(chan struct{})}
	context.AfterFunc(ctx, w.Close)
	go w.loop()
	return w
}

func (w *watcher) loop() {
	for {
		select {
		case <-w.closed:
			return
		case <-time.After(time.Minute):
			println("watching")
		}
	}
}

func (w *watcher) Close() { close(w.closed) }

// Watch is quiet: the end of the context ends the watcher.
func Watch(ctx context.Context, name string) (*watcher, error) {
	w := newWatcher(ctx)
	if name == "" {
		return nil, errNoName
	}
	return w, nil
}

// Has answers without the cache for a name that is known, and forgets to close it.
func Has(ctx context.Context, name string, sweep func(context.Context)) bool {
	c, err := newCache(ctx, sweep) // want "The goroutine of `c` leaks when line 177 returns: nobody calls `Close` of `cache`"
	if err != nil {
		return false
	}
	if opened[name] != nil {
		return true
	}
	_, err = c.get(name)
	c.Close()
	return err == nil
}

// HasAll is quiet: a cache that is never closed may be meant to live as long as the process.
func HasAll(ctx context.Context, names []string, sweep func(context.Context)) bool {
	c, err := newCache(ctx, sweep)
	if err != nil {
		return false
	}
	for _, name := range names {
		if _, err := c.get(name); err != nil {
			return false
		}
	}
	return true
}
