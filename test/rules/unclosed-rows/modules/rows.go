package modules

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
)

func acquired(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx) // want "The return on line 17 is reached without `conn.Release\(\)`, so the connection never returns to the pool"
	if err != nil {
		return err
	}
	if err := conn.Ping(ctx); err != nil {
		return err
	}
	conn.Release()
	return nil
}

func batched(ctx context.Context, conn *pgx.Conn, batch *pgx.Batch) (n int, err error) {
	results := conn.SendBatch(ctx, batch) // want "The return on line 26 is reached without `results.Close\(\)`, so its connection cannot be used again"
	err = results.QueryRow().Scan(&n)
	return n, err
}

func began(ctx context.Context, pool *pgxpool.Pool) error {
	tx, err := pool.Begin(ctx) // want "The return on line 35 is reached without `tx.Rollback\(\)`"
	if err != nil {
		return err
	}
	if err := tx.QueryRow(ctx, "select 1").Scan(); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func structs(db *sqlx.DB, into any) error {
	rows, err := db.Queryx("select * from users") // want "The return on line 46 is reached without `rows.Close\(\)`"
	if err != nil {
		return err
	}
	rows.Next()
	return rows.StructScan(into)
}

func named(db *sqlx.DB, argument any) error {
	stmt, err := db.PrepareNamed("select 1") // want "The return on line 55 is reached without `stmt.Close\(\)`, so the prepared statement stays"
	if err != nil {
		return err
	}
	_, err = stmt.Queryx(argument) // want "The result of `stmt.Queryx` is dropped"
	return err
}

func lent(ctx context.Context, db *sqlx.DB) error {
	conn, err := db.Connx(ctx) // want "The return on line 63 is reached without `conn.Close\(\)`"
	if err != nil {
		return err
	}
	return conn.PingContext(ctx)
}

// released is quiet.
func released(ctx context.Context, pool *pgxpool.Pool) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return conn.Ping(ctx)
}

// hijacked is quiet: the caller has the connection.
func hijacked(ctx context.Context, pool *pgxpool.Pool) (*pgx.Conn, error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return conn.Hijack(), nil
}

// rolledBack is quiet.
func rolledBack(ctx context.Context, pool *pgxpool.Pool) error {
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if err := tx.QueryRow(ctx, "select 1").Scan(); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// sent is quiet.
func sent(ctx context.Context, pool *pgxpool.Pool, batch *pgx.Batch) error {
	return pool.SendBatch(ctx, batch).Close()
}

// drained is quiet.
func drained(db *sqlx.DB, each func(*sqlx.Rows) error) error {
	rows, err := db.Queryx("select * from users")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
