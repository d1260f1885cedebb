package handler

import (
	"errors"
	"time"
)

type usage interface {
	begin()
	end()
}

type diskUsage struct {
	stop chan struct{}
	read func()
}

func newUsage(read func()) usage {
	return &diskUsage{stop: make(chan struct{}), read: read}
}

func (u *diskUsage) begin() { go u.track() }

func (u *diskUsage) end() { u.Stop() }

func (u *diskUsage) Stop() { close(u.stop) }

func (u *diskUsage) track() {
	for {
		select {
		case <-u.stop:
			return
		case <-time.After(time.Second):
			u.read()
		}
	}
}

type Handler struct {
	name  string
	usage usage
}

func New(name string, read func(), inspect func(string) error) (*Handler, error) {
	h := &Handler{name: name, usage: newUsage(read)}
	h.usage.begin() // want "leaks when line 48 returns an error"
	if err := inspect(name); err != nil {
		return nil, err
	}
	return h, nil
}

// NewLate begins when nothing can fail any more.
func NewLate(name string, read func(), inspect func(string) error) (*Handler, error) {
	h := &Handler{name: name, usage: newUsage(read)}
	if err := inspect(name); err != nil {
		return nil, err
	}
	h.usage.begin()
	return h, nil
}

// NewEnding ends what it has begun.
func NewEnding(name string, read func(), inspect func(string) error) (*Handler, error) {
	h := &Handler{name: name, usage: newUsage(read)}
	h.usage.begin()
	if err := inspect(name); err != nil {
		h.usage.end()
		return nil, err
	}
	return h, nil
}

// Restart begins the work of a value that others have as well.
func (h *Handler) Restart(inspect func(string) error) error {
	h.usage.begin()
	if inspect(h.name) != nil {
		return errors.New("gone")
	}
	return nil
}
