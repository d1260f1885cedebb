package pipe

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// The request may never be made: then nobody reads the body.
func post(client *http.Client, url string, v any) error {
	r, w := io.Pipe()
	go func() {
		defer func() { recover() }()
		w.CloseWithError(json.NewEncoder(w).Encode(v)) // want "nobody reads from the pipe or closes its reader after `post` returns on line 21"
	}()
	req, err := http.NewRequest(http.MethodPost, url, r)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func postAndClose(client *http.Client, url string, v any) error {
	r, w := io.Pipe()
	defer r.Close()
	go func() {
		defer func() { recover() }()
		w.CloseWithError(json.NewEncoder(w).Encode(v))
	}()
	req, err := http.NewRequest(http.MethodPost, url, r)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// The scan may stop before the end.
func first(lines []string, prefix string) string {
	r, w := io.Pipe()
	go func() {
		defer func() { recover() }()
		defer w.Close()
		for _, line := range lines {
			fmt.Fprintln(w, line) // want "nobody reads from the pipe or closes its reader"
		}
	}()
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		if strings.HasPrefix(scanner.Text(), prefix) {
			return scanner.Text()
		}
	}
	return ""
}

func count(lines []string) (n int) {
	r, w := io.Pipe()
	go func() {
		defer func() { recover() }()
		defer w.Close()
		for _, line := range lines {
			fmt.Fprintln(w, line)
		}
	}()
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		n++
	}
	return n
}
