package rows

import (
	"context"
	"database/sql"
	"errors"
)

var errTooMany = errors.New("too many")

func leftInLoop(db *sql.DB) ([]string, error) {
	rows, err := db.Query("select name from users") // want "The return on line 19 is reached without `rows.Close\(\)`, so the connection stays in use"
	if err != nil {
		return nil, err
	}
	var names []string
	for rows.Next() {
		if len(names) > 100 {
			return nil, errTooMany
		}
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func first(ctx context.Context, db *sql.DB) (name string, err error) {
	rows, err := db.QueryContext(ctx, "select name from users") // want "The return on line 38 is reached without"
	if err != nil {
		return "", err
	}
	if rows.Next() {
		err = rows.Scan(&name)
	}
	return name, err
}

func transaction(db *sql.DB, run func() error) error {
	tx, err := db.Begin() // want "The return on line 47 is reached without `tx.Rollback\(\)`"
	if err != nil {
		return err
	}
	if err := run(); err != nil {
		return err
	}
	return tx.Commit()
}

// drained is quiet: Next returned false, which closes.
func drained(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// deferred is quiet.
func deferred(db *sql.DB) error {
	rows, err := db.Query("select 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		return nil
	}
	return errTooMany
}

// rolledBack is quiet.
func rolledBack(db *sql.DB, run func(*sql.Tx) error) (err error) {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tx.Rollback()
		}
	}()
	if err = run(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// ended is quiet: either way the transaction ends.
func ended(db *sql.DB, run func() error) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if err := run(); err != nil {
		if rollback := tx.Rollback(); rollback != nil {
			return rollback
		}
		return err
	}
	return tx.Commit()
}

// handed is quiet: the caller goes through the rows.
func handed(db *sql.DB) (*sql.Rows, error) {
	return db.Query("select 1")
}

// owned is quiet: the database is closed with all that it lent.
func owned(path string) (name string, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	rows, err := db.Query("select name from users")
	if err != nil {
		return "", err
	}
	if rows.Next() {
		err = rows.Scan(&name)
	}
	return name, err
}
