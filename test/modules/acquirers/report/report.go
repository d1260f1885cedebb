// Package report uses what package fetch acquires.
package report

import (
	"context"
	"database/sql"
	"io"
	"net/http"

	"example.com/acquirers/fetch"
)

func status(url string) (int, error) {
	resp, err := fetch.Get(url) // want "The return on line 18 is reached without `resp.Body.Close\(\)`"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func first(url string, into []byte) (int, error) {
	body, err := fetch.Body(url) // want "The return on line 26 is reached without `body.Close\(\)`"
	if err != nil {
		return 0, err
	}
	return body.Read(into)
}

func shown(url string) error {
	resp, err := http.Get(url) // want "The return on line 35 is reached without `resp.Body.Close\(\)`"
	if err != nil {
		return err
	}
	fetch.Show(resp)
	return nil
}

func named(ctx context.Context, db *sql.DB) (name string, err error) {
	rows, err := fetch.Names(ctx, db) // want "The return on line 45 is reached without `rows.Close\(\)`"
	if err != nil {
		return "", err
	}
	for rows.Next() {
		if err := rows.Scan(&name); err != nil {
			return "", err
		}
	}
	return name, rows.Err()
}

func written(db *sql.DB) error {
	tx, err := fetch.Begin(db) // want "The return on line 57 is reached without `tx.Rollback\(\)`"
	if err != nil {
		return err
	}
	if _, err := tx.Exec("delete from users"); err != nil {
		return err
	}
	return tx.Commit()
}

func limited(parent context.Context, db *sql.DB) error {
	ctx, _ := fetch.Limit(parent) // want "The cancel function of `fetch.Limit` is dropped"
	return db.PingContext(ctx)
}

func pinged(url string) {
	http.Get(url) // want "The response of `http.Get` is dropped"
}

// closedElsewhere is quiet: the other package closes.
func closedElsewhere(url string) error {
	resp, err := fetch.Get(url)
	if err != nil {
		return err
	}
	defer fetch.Close(resp.Body)
	return nil
}

// closedBefore is quiet: the other package has closed.
func closedBefore(url string) (string, error) {
	resp, err := fetch.Headers(url)
	if err != nil {
		return "", err
	}
	return resp.Header.Get("Etag"), nil
}

// unknown is quiet: on one way the other package has closed.
func unknown(url string) (int, error) {
	resp, err := fetch.Either(url, false)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// bodyClosed is quiet.
func bodyClosed(url string) ([]byte, error) {
	body, err := fetch.Body(url)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

// passedOn is quiet: the caller has the rows.
func passedOn(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	return fetch.Names(ctx, db)
}

// poolClosed is quiet: the pool is closed with the rows that it lent.
func poolClosed(ctx context.Context, name string) error {
	db, err := sql.Open("postgres", name)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := fetch.Names(ctx, db)
	if err != nil {
		return err
	}
	rows.Next()
	return rows.Err()
}

// cancelled is quiet.
func cancelled(parent context.Context, db *sql.DB) error {
	ctx, cancel := fetch.Limit(parent)
	defer cancel()
	return db.PingContext(ctx)
}

// literal is quiet: the deferred literal closes what it is given.
func literal(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer func(body io.ReadCloser) { _ = body.Close() }(resp.Body)
	return nil
}
