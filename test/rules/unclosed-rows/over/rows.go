package over

import (
	"database/sql"
	"errors"
)

var errEmpty = errors.New("empty")

// inTx leaves the rows to the transaction, whose end is theirs.
func inTx(tx *sql.Tx) (string, error) {
	rows, err := tx.Query("select name from users")
	if err != nil {
		return "", err
	}
	if !rows.Next() {
		return "", errEmpty
	}
	var name string
	return name, rows.Scan(&name)
}

// failed has rows that are closed where it returns: they have an error.
func failed(db *sql.DB) error {
	rows, err := db.Query("select name from users")
	if err != nil {
		return err
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return rows.Close()
}

func deferred(db *sql.DB) (err error) {
	var rows *sql.Rows
	defer func() {
		if rows != nil {
			rows.Close()
		}
	}()
	rows, err = db.Query("select name from users")
	if err != nil {
		return err
	}
	if !rows.Next() {
		return errEmpty
	}
	return nil
}

func left(db *sql.DB) error {
	rows, err := db.Query("select name from users") // want "is reached without"
	if err != nil {
		return err
	}
	if !rows.NextResultSet() {
		return errEmpty
	}
	return rows.Close()
}
