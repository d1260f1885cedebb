package overwritten

import (
	"errors"
	"io"
	"net/http"
	"time"
)

var errGaveUp = errors.New("gave up")

func again(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req) // want "The assignment on line 18 overwrites `resp` without `resp.Body.Close\(\)`, so the connection stays open"
	if err != nil {
		return err
	}
	if resp.StatusCode == http.StatusUnauthorized {
		resp, err = client.Do(req)
		if err != nil {
			return err
		}
	}
	defer resp.Body.Close()
	return nil
}

func retried(client *http.Client, req *http.Request) (*http.Response, error) {
	var resp *http.Response
	var err error
	for range 3 {
		resp, err = client.Do(req) // want "The assignment on line 31 overwrites `resp` without `resp.Body.Close\(\)`"
		if err == nil && resp.StatusCode < 500 {
			break
		}
		time.Sleep(time.Second)
	}
	return resp, err
}

func skipped(client *http.Client, req *http.Request) error {
	var resp *http.Response
	var err error
	for {
		resp, err = client.Do(req) // want "The assignment on line 44"
		if err != nil {
			return err
		}
		if resp.StatusCode == http.StatusTooManyRequests {
			continue
		}
		return resp.Body.Close()
	}
}

func declared(url string) (int, error) {
	var resp, err = http.Get(url) // want "The return on line 60 is reached without `resp.Body.Close\(\)`"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func assigned(url string) (int, error) {
	var resp *http.Response
	var err error
	resp, err = http.Get(url) // want "The return on line 70 is reached without `resp.Body.Close\(\)`"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func neverCalled(url string) {
	resp, err := http.Get(url) // want "The block ends after line 78"
	if err != nil {
		return
	}
	_ = func() { resp.Body.Close() }
}

func notClosedByLiteral(url string) {
	resp, err := http.Get(url) // want "The block ends after line 86"
	if err != nil {
		return
	}
	defer func(body io.Reader) { _, _ = body.Read(nil) }(resp.Body)
}

func limited(w http.ResponseWriter, url string) {
	resp, err := http.Get(url) // want "The block ends after line 94"
	if err != nil {
		return
	}
	_ = http.MaxBytesReader(w, resp.Body, 1024)
}

// closedBefore is quiet.
func closedBefore(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	if resp.StatusCode == http.StatusUnauthorized {
		resp.Body.Close()
		resp, err = client.Do(req)
		if err != nil {
			return err
		}
	}
	defer resp.Body.Close()
	return nil
}

// untilItWorks is quiet: another value comes only after a failure.
func untilItWorks(client *http.Client, req *http.Request) error {
	resp, err := client.Do(req)
	for tries := 0; err != nil && tries < 3; tries++ {
		resp, err = client.Do(req)
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// noted is quiet: the note says whether there is a response.
func noted(client *http.Client, req *http.Request) error {
	var resp *http.Response
	var err error
	done := false
	for i := 0; i < 3 && !done; i++ {
		resp, err = client.Do(req)
		if err == nil {
			done = true
		}
	}
	if !done {
		return errGaveUp
	}
	return resp.Body.Close()
}

// worked is quiet: the flag is as good as the error.
func worked(client *http.Client, req *http.Request) error {
	var resp *http.Response
	var err error
	for range 3 {
		resp, err = client.Do(req)
		worked := err == nil
		if worked {
			break
		}
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// closedInNextRound is quiet: what the last round left is closed first.
func closedInNextRound(client *http.Client, req *http.Request) error {
	var resp *http.Response
	var err error
	for range 3 {
		if resp != nil {
			resp.Body.Close()
		}
		resp, err = client.Do(req)
		if err != nil {
			return err
		}
		if resp.StatusCode == http.StatusOK {
			break
		}
	}
	if resp == nil {
		return errGaveUp
	}
	return resp.Body.Close()
}

// inTurn is quiet: each round closes or ends.
func inTurn(client *http.Client, req *http.Request) error {
	var resp *http.Response
	var err error
	for range 3 {
		resp, err = client.Do(req)
		if err != nil {
			continue
		}
		if resp.StatusCode >= 500 {
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			continue
		}
		return resp.Body.Close()
	}
	return errGaveUp
}

// followed is quiet: the next request is made by what has the response.
func followed(client *http.Client, req *http.Request, next func(*http.Response) *http.Request) error {
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	resp, err = client.Do(next(resp))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
