package exits

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
)

var errStatus = errors.New("unexpected status")

func early(client *http.Client, req *http.Request) ([]byte, error) {
	resp, err := client.Do(req) // want "The return on line 21 is reached without `resp.Body.Close\(\)`, so the connection stays open"
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errStatus
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func never(url string) (int, error) {
	resp, err := http.Get(url) // want "The return on line 32 is reached without `resp.Body.Close\(\)`"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func decoded(url string, into any) error {
	resp, err := http.Get(url) // want "The return on line 40 is reached without"
	if err != nil {
		return err
	}
	return json.NewDecoder(resp.Body).Decode(into)
}

func eachOf(urls []string) (n int64) {
	for _, url := range urls {
		resp, err := http.Get(url) // want "The block ends after line 49 without `resp.Body.Close\(\)`"
		if err != nil {
			continue
		}
		n += resp.ContentLength
	}
	return n
}

func joined(url string) error {
	resp, err := http.Get(url) // want "The return on line 57 is reached without"
	if err != nil || resp.StatusCode >= 500 {
		return fmt.Errorf("get: %w", err)
	}
	defer resp.Body.Close()
	return nil
}

type doer interface {
	Do(req *http.Request) (*http.Response, error)
}

func throughInterface(d doer, req *http.Request) (string, error) {
	resp, err := d.Do(req) // want "The return on line 72"
	if err != nil {
		return "", err
	}
	return resp.Status, nil
}

type api struct{ client *http.Client }

func (a *api) send(req *http.Request) (*http.Response, error) {
	return a.client.Do(req)
}

func (a *api) ping(req *http.Request) error {
	resp, err := a.send(req) // want "The return on line 87"
	if err != nil {
		return err
	}
	show(resp)
	return nil
}

// show reads the response and keeps nothing of it.
func show(resp *http.Response) { fmt.Println(resp.Status, resp.Body != nil) }

func scanned(url string) (lines int, err error) {
	resp, err := http.Get(url) // want "The return on line 102"
	if err != nil {
		return 0, err
	}
	scanner := bufio.NewScanner(resp.Body)
	for scanner.Scan() {
		lines++
	}
	return lines, scanner.Err()
}

// drained is quiet: at the end of the body the connection is free again.
func drained(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

// head is quiet: the answer has no body.
func (a *api) head(url string) (string, error) {
	req, err := http.NewRequest(http.MethodHead, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := a.send(req)
	if err != nil {
		return "", err
	}
	return resp.Status, nil
}

// deferred is quiet.
func deferred(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// guarded is quiet: without a response there is nothing to close.
func guarded(url string) error {
	resp, err := http.Get(url)
	if resp != nil {
		defer resp.Body.Close()
	}
	return err
}

// bodyGuarded is quiet.
func bodyGuarded(url string) error {
	resp, err := http.Get(url)
	if err == nil && resp != nil && resp.Body != nil {
		defer resp.Body.Close()
	}
	return err
}

// succeeded is quiet: it returns with an error, or closes.
func succeeded(url string) error {
	resp, err := http.Get(url)
	if err == nil {
		resp.Body.Close()
	}
	return err
}

// asked is quiet: the question is answered yes for an error only.
func asked(url string) error {
	resp, err := http.Get(url)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	switch {
	case err != nil:
		return err
	default:
		return resp.Body.Close()
	}
}

// helped is quiet: the helper closes.
func helped(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer drain(resp.Body)
	return nil
}

func drain(body io.ReadCloser) {
	io.Copy(io.Discard, body)
	body.Close()
}

// returned is quiet: the caller closes.
func returned(url string) (io.ReadCloser, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

type reader struct{ body io.ReadCloser }

// kept is quiet: the reader closes.
func kept(url string) (*reader, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return &reader{body: resp.Body}, nil
}

// buffered is quiet: what is returned reads from the body.
func buffered(url string) (*bufio.Reader, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	return bufio.NewReader(resp.Body), nil
}

// rounds is quiet: each round closes.
func rounds(urls []string) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		if resp.StatusCode == http.StatusNotFound {
			resp.Body.Close()
			continue
		}
		resp.Body.Close()
	}
	return nil
}

// declared is quiet: one defer for both ways.
func declared(url string, post bool) error {
	var resp *http.Response
	var err error
	if post {
		resp, err = http.Post(url, "text/plain", nil)
	} else {
		resp, err = http.Get(url)
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}

// ending is quiet: the process ends.
func ending(url string) int {
	resp, err := http.Get(url)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if resp.StatusCode != http.StatusOK {
		panic(resp.Status)
	}
	resp.Body.Close()
	return 0
}

// literal is quiet: the literal closes.
func literal(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer func() {
		_ = resp.Body.Close()
	}()
	return nil
}

// closed is quiet: what the helper returns has been read and closed there.
func (a *api) closed(req *http.Request) error {
	resp, err := a.fetch(req)
	if err != nil {
		return err
	}
	fmt.Println(resp.StatusCode)
	return nil
}

func (a *api) fetch(req *http.Request) (*http.Response, error) {
	resp, err := a.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp, nil
}

// noContent is quiet: without content there is no body.
func noContent(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusNoContent {
		defer resp.Body.Close()
		return errStatus
	}
	return nil
}
