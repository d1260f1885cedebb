// Package fetch acquires for its callers, closes for them, and looks at what they have.
package fetch

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log"
	"net/http"
	"time"
)

var errStatus = errors.New("unexpected status")

// Get gives an open response, or an error and nothing to close.
func Get(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= http.StatusBadRequest {
		resp.Body.Close()
		return resp, errStatus
	}
	return resp, nil
}

// Body gives the open body alone.
func Body(url string) (io.ReadCloser, error) {
	resp, err := Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// Headers gives a response whose body is closed already.
func Headers(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp, nil
}

// Either closes on one of its ways: what its callers have is not known.
func Either(url string, keep bool) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	if !keep {
		resp.Body.Close()
		return resp, nil
	}
	return resp, nil
}

// Names gives open rows.
func Names(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	return db.QueryContext(ctx, "select name from users")
}

// Begin gives an open transaction.
func Begin(db *sql.DB) (*sql.Tx, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	return tx, nil
}

// Limit gives a context with the usual deadline.
func Limit(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, time.Minute)
}

// Close closes and says what went wrong.
func Close(c io.Closer) {
	if err := c.Close(); err != nil {
		log.Print(err)
	}
}

// Show looks at the response and keeps nothing of it.
func Show(resp *http.Response) { log.Print(resp.Status) }
