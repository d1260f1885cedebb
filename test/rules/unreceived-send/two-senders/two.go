package two

import (
	"errors"
	"net"
)

func relay(a, b net.Conn, pipe func(from, to net.Conn) error) error {
	errs := make(chan error)
	go func() { errs <- pipe(a, b) }()
	go func() { errs <- pipe(b, a) }() // want "nobody receives from `errs` after `relay` returns"
	return <-errs
}

func relayBoth(a, b net.Conn, pipe func(from, to net.Conn) error) error {
	errs := make(chan error)
	go func() { errs <- pipe(a, b) }()
	go func() { errs <- pipe(b, a) }()
	return errors.Join(<-errs, <-errs)
}
