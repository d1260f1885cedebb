// Package alarms has code that other linters report although the body is closed.
package alarms

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// shut is a helper that closes whatever it is given.
func shut(what string, c io.Closer) {
	if err := c.Close(); err != nil {
		fmt.Println(what, err)
	}
}

// byHelper is quiet: the helper is given the body as an io.Closer.
func byHelper(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer shut("body", resp.Body)
	return nil
}

// byLiteral is quiet: the deferred literal closes its parameter.
func byLiteral(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer func(body io.ReadCloser) {
		if err := body.Close(); err != nil {
			fmt.Println(err)
		}
	}(resp.Body)
	return nil
}

// byVariable is quiet: a literal in a variable closes.
func byVariable(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	done := func(c io.Closer) { c.Close() }
	done(resp.Body)
	return nil
}

// valued is quiet: the method value is deferred.
func valued(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	done := resp.Body.Close
	defer done()
	return nil
}

type session struct {
	resp *http.Response
	body io.ReadCloser
}

func (s *session) end() { s.resp.Body.Close() }

// inField is quiet: a method of the session closes.
func inField(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	s := session{resp: resp}
	defer s.end()
	return nil
}

// assignedToField is quiet: the field is closed.
func (s *session) assignedToField(url string) error {
	var err error
	s.resp, err = http.Get(url)
	if err != nil {
		return err
	}
	defer s.resp.Body.Close()
	return nil
}

// outside is quiet: the variable outside of the block is closed.
func outside(url string, wanted bool) error {
	var body io.ReadCloser
	if wanted {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		body = resp.Body
	}
	if body != nil {
		defer body.Close()
	}
	return nil
}

// decoded is quiet: a generic helper closes.
func decoded[T any](url string) (T, error) {
	var into T
	resp, err := http.Get(url)
	if err != nil {
		return into, err
	}
	return into, readInto(resp, &into)
}

func readInto[T any](resp *http.Response, into *T) error {
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

// joined is quiet: the error of Close is joined with the one that is returned.
func joined(url string) (err error) {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	return nil
}

// switched is quiet: one variable, several calls, one defer.
func switched(url, method string) error {
	var resp *http.Response
	var err error
	switch method {
	case http.MethodGet:
		resp, err = http.Get(url)
	case http.MethodPost:
		resp, err = http.Post(url, "", nil)
	default:
		return errors.New("unknown method")
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}

// controlled is quiet: the controller of a response that is written closes nothing.
func controlled(w http.ResponseWriter, _ *http.Request) {
	rc := http.NewResponseController(w)
	_ = rc.Flush()
}

type transport struct{ next http.RoundTripper }

// RoundTrip is quiet: the caller has the response.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Header.Set("X-Seen", "1")
	return resp, nil
}

//bodyclose:handled
func handled(url string) (*http.Response, error) { return http.Get(url) }

// drops is quiet: the author of the function says that it takes care of the body.
func drops(url string) { _, _ = handled(url) }

func unhandled(url string) (*http.Response, error) { return http.Get(url) }

func dropsUnhandled(url string) { _, _ = unhandled(url) } // want "The response of `unhandled` is dropped"
