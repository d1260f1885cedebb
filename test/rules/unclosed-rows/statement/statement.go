package statement

import "database/sql"

func prepared(db *sql.DB, id int) (name string, err error) {
	stmt, err := db.Prepare("select name from users where id = ?") // want "The return on line 11 is reached without `stmt.Close\(\)`, so the prepared statement stays in the database and in the pool"
	if err != nil {
		return "", err
	}
	err = stmt.QueryRow(id).Scan(&name)
	return name, err
}

// closed is quiet.
func closed(db *sql.DB, id int) (name string, err error) {
	stmt, err := db.Prepare("select name from users where id = ?")
	if err != nil {
		return "", err
	}
	defer stmt.Close()
	err = stmt.QueryRow(id).Scan(&name)
	return name, err
}

// inTransaction is quiet: it ends with its transaction.
func inTransaction(tx *sql.Tx, id int) error {
	stmt, err := tx.Prepare("delete from users where id = ?")
	if err != nil {
		return err
	}
	_, err = stmt.Exec(id)
	return err
}

type store struct{ byName *sql.Stmt }

// kept is quiet: the store closes.
func kept(db *sql.DB) (*store, error) {
	stmt, err := db.Prepare("select id from users where name = ?")
	if err != nil {
		return nil, err
	}
	return &store{byName: stmt}, nil
}
