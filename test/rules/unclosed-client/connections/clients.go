// Package connections has clients that keep goroutines until they are closed.
package connections

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
	"google.golang.org/grpc"
)

var errEmpty = errors.New("empty")

type GreeterClient interface {
	Greet(ctx context.Context, name string) (string, error)
}

type greeter struct{ cc *grpc.ClientConn }

func (g *greeter) Greet(ctx context.Context, name string) (string, error) { return name, ctx.Err() }

func NewGreeterClient(cc *grpc.ClientConn) GreeterClient { return &greeter{cc} }

func dialled(ctx context.Context, target string) (string, error) {
	conn, err := grpc.NewClient(target) // want "The return on line 33 is reached without `conn.Close\(\)`, so the goroutines of the connection stay"
	if err != nil {
		return "", err
	}
	return NewGreeterClient(conn).Greet(ctx, target)
}

func inVariable(ctx context.Context, target string) (string, error) {
	conn, err := grpc.Dial(target) // want "The return on line 42 is reached without `conn.Close\(\)`"
	if err != nil {
		return "", err
	}
	client := NewGreeterClient(conn)
	return client.Greet(ctx, target)
}

func database(name string) (n int, err error) {
	db, err := sql.Open("postgres", name) // want "The return on line 51 is reached without `db.Close\(\)`, so the goroutine that opens its connections stays"
	if err != nil {
		return 0, err
	}
	err = db.QueryRow("select 1").Scan(&n)
	return n, err
}

func connected(ctx context.Context, name string) error {
	db, err := sqlx.ConnectContext(ctx, "postgres", name) // want "The return on line 59"
	if err != nil {
		return err
	}
	return db.Get(&name, "select 1")
}

func pool(ctx context.Context, name string) error {
	pool, err := pgxpool.New(ctx, name) // want "The return on line 68 is reached without `pool.Close\(\)`"
	if err != nil {
		return err
	}
	if err := pool.Ping(ctx); err != nil {
		return err
	}
	pool.Close()
	return nil
}

func etcd(ctx context.Context, endpoints []string) error {
	client, err := clientv3.New(clientv3.Config{Endpoints: endpoints}) // want "The return on line 80 is reached without `client.Close\(\)`"
	if err != nil {
		return err
	}
	if len(client.Endpoints()) == 0 {
		return errEmpty
	}
	defer client.Close()
	_, err = client.Get(ctx, "key")
	return err
}

func session(ctx context.Context, client *clientv3.Client) error {
	session, err := concurrency.NewSession(client) // want "The return on line 93 is reached without `session.Close\(\)`, so the goroutine that keeps its lease alive stays"
	if err != nil {
		return err
	}
	<-session.Done()
	return ctx.Err()
}

// closed is quiet.
func closed(ctx context.Context, target string) (string, error) {
	conn, err := grpc.NewClient(target)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	return NewGreeterClient(conn).Greet(ctx, target)
}

// client is quiet: the client has the connection.
func client(target string) (GreeterClient, error) {
	conn, err := grpc.NewClient(target)
	if err != nil {
		return nil, err
	}
	return NewGreeterClient(conn), nil
}

// given is quiet: whoever is given the connection closes it.
func given(target string, register func(*grpc.ClientConn) error) error {
	conn, err := grpc.NewClient(target)
	if err != nil {
		return err
	}
	return register(conn)
}

type store struct{ db *sql.DB }

// kept is quiet: the store closes.
func kept(name string) (*store, error) {
	db, err := sql.Open("postgres", name)
	if err != nil {
		return nil, err
	}
	return &store{db: db}, nil
}

// orphaned is quiet: the lease is left to itself on purpose.
func orphaned(client *clientv3.Client) error {
	session, err := concurrency.NewSession(client)
	if err != nil {
		return err
	}
	session.Orphan()
	return nil
}

// ended is quiet: the session ends with its client.
func ended(endpoints []string) error {
	client, err := clientv3.New(clientv3.Config{Endpoints: endpoints})
	if err != nil {
		return err
	}
	defer client.Close()
	session, err := concurrency.NewSession(client)
	if err != nil {
		return err
	}
	<-session.Done()
	return nil
}
