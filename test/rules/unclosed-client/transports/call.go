package call

import (
	"crypto/tls"
	"net/http"
	"time"
)

func status(url string) (int, error) {
	client := &http.Client{
		Timeout: time.Second,
		Transport: &http.Transport{ // want "Each call of `status` makes an `http.Transport` of its own; the connection of `client.Get` stays idle in it"
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		},
	}
	resp, err := client.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

func throughVariable(req *http.Request) error {
	tr := &http.Transport{MaxIdleConns: 10} // want "Each call of `throughVariable` makes an `http.Transport` of its own"
	client := http.Client{Transport: tr}
	client.CheckRedirect = nil
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func closed(url string) error {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func notKeptAlive(url string) error {
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func limited(url string) error {
	tr := &http.Transport{}
	tr.IdleConnTimeout = time.Minute
	client := &http.Client{Transport: tr}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type api struct{ client *http.Client }

func newAPI() *api {
	client := &http.Client{Transport: &http.Transport{}}
	return &api{client: client}
}

func given(use func(*http.Client) error) error {
	client := &http.Client{Transport: &http.Transport{}}
	return use(client)
}

func shared(url string) error {
	client := &http.Client{Timeout: time.Second}
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
