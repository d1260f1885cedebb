/**
 * Declarations of databases outside the standard library. Written by hand from the packages' documentation (pkg.go.dev); only what the rules
 * about resources ask about.
 */

const pgx = `package pgx
import "context"
type ConnConfig struct {
}
type TxOptions struct {
}
type Batch struct {
}
type Conn struct {
}
type Rows interface {
Close()
Err() error
Next() bool
Scan(dest ...any) error
Values() ([]any, error)
}
type Row interface {
Scan(dest ...any) error
}
type BatchResults interface {
Query() (Rows, error)
QueryRow() Row
Close() error
}
type Tx interface {
Begin(ctx context.Context) (Tx, error)
Commit(ctx context.Context) error
Rollback(ctx context.Context) error
SendBatch(ctx context.Context, b *Batch) BatchResults
Query(ctx context.Context, sql string, args ...any) (Rows, error)
QueryRow(ctx context.Context, sql string, args ...any) Row
Conn() *Conn
}
func Connect(ctx context.Context, connString string) (*Conn, error)
func ConnectConfig(ctx context.Context, connConfig *ConnConfig) (*Conn, error)
func ParseConfig(connString string) (*ConnConfig, error)
func (c *Conn) Begin(ctx context.Context) (Tx, error)
func (c *Conn) BeginTx(ctx context.Context, txOptions TxOptions) (Tx, error)
func (c *Conn) Close(ctx context.Context) error
func (c *Conn) Ping(ctx context.Context) error
func (c *Conn) Query(ctx context.Context, sql string, args ...any) (Rows, error)
func (c *Conn) QueryRow(ctx context.Context, sql string, args ...any) Row
func (c *Conn) SendBatch(ctx context.Context, b *Batch) BatchResults
func (b *Batch) Len() int
`;

export const databaseDeclarations: Readonly<Record<string, string>> = {
  'github.com/jackc/pgx/v5': pgx,
  'github.com/jackc/pgx/v4': pgx,
  'github.com/jmoiron/sqlx': `package sqlx
import (
"context"
"database/sql"
)
type DB struct {
*sql.DB
Mapper any
}
type Tx struct {
*sql.Tx
}
type Conn struct {
*sql.Conn
}
type Stmt struct {
*sql.Stmt
}
type NamedStmt struct {
QueryString string
Stmt *Stmt
}
type Rows struct {
*sql.Rows
}
func Open(driverName, dataSourceName string) (*DB, error)
func Connect(driverName, dataSourceName string) (*DB, error)
func ConnectContext(ctx context.Context, driverName, dataSourceName string) (*DB, error)
func MustOpen(driverName, dataSourceName string) *DB
func MustConnect(driverName, dataSourceName string) *DB
func NewDb(db *sql.DB, driverName string) *DB
func (db *DB) Beginx() (*Tx, error)
func (db *DB) BeginTxx(ctx context.Context, opts *sql.TxOptions) (*Tx, error)
func (db *DB) MustBegin() *Tx
func (db *DB) MustBeginTx(ctx context.Context, opts *sql.TxOptions) *Tx
func (db *DB) Connx(ctx context.Context) (*Conn, error)
func (db *DB) Queryx(query string, args ...any) (*Rows, error)
func (db *DB) QueryxContext(ctx context.Context, query string, args ...any) (*Rows, error)
func (db *DB) NamedQuery(query string, arg any) (*Rows, error)
func (db *DB) NamedQueryContext(ctx context.Context, query string, arg any) (*Rows, error)
func (db *DB) Preparex(query string) (*Stmt, error)
func (db *DB) PreparexContext(ctx context.Context, query string) (*Stmt, error)
func (db *DB) PrepareNamed(query string) (*NamedStmt, error)
func (db *DB) PrepareNamedContext(ctx context.Context, query string) (*NamedStmt, error)
func (db *DB) Get(dest any, query string, args ...any) error
func (db *DB) Select(dest any, query string, args ...any) error
func (tx *Tx) Queryx(query string, args ...any) (*Rows, error)
func (tx *Tx) QueryxContext(ctx context.Context, query string, args ...any) (*Rows, error)
func (tx *Tx) NamedQuery(query string, arg any) (*Rows, error)
func (c *Conn) BeginTxx(ctx context.Context, opts *sql.TxOptions) (*Tx, error)
func (c *Conn) PreparexContext(ctx context.Context, query string) (*Stmt, error)
func (c *Conn) QueryxContext(ctx context.Context, query string, args ...any) (*Rows, error)
func (s *Stmt) Queryx(args ...any) (*Rows, error)
func (s *Stmt) QueryxContext(ctx context.Context, args ...any) (*Rows, error)
func (n *NamedStmt) Queryx(arg any) (*Rows, error)
func (n *NamedStmt) QueryxContext(ctx context.Context, arg any) (*Rows, error)
func (n *NamedStmt) Close() error
func (r *Rows) StructScan(dest any) error
func (r *Rows) MapScan(dest map[string]any) error
`,
  'github.com/jackc/pgx/v4/pgxpool': `package pgxpool
import (
"context"
"github.com/jackc/pgx/v4"
)
type Config struct {
}
type Pool struct {
}
type Conn struct {
}
type Tx struct {
}
func Connect(ctx context.Context, connString string) (*Pool, error)
func ConnectConfig(ctx context.Context, config *Config) (*Pool, error)
func ParseConfig(connString string) (*Config, error)
func (p *Pool) Acquire(ctx context.Context) (c *Conn, err error)
func (p *Pool) Begin(ctx context.Context) (pgx.Tx, error)
func (p *Pool) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error)
func (p *Pool) Close()
func (p *Pool) Ping(ctx context.Context) error
func (p *Pool) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
func (p *Pool) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
func (p *Pool) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
func (c *Conn) Begin(ctx context.Context) (pgx.Tx, error)
func (c *Conn) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error)
func (c *Conn) Conn() *pgx.Conn
func (c *Conn) Hijack() *pgx.Conn
func (c *Conn) Ping(ctx context.Context) error
func (c *Conn) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
func (c *Conn) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
func (c *Conn) Release()
func (c *Conn) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
`,
  'github.com/jackc/pgx/v5/pgxpool': `package pgxpool
import (
"context"
"github.com/jackc/pgx/v5"
)
type Config struct {
}
type Pool struct {
}
type Conn struct {
}
type Tx struct {
}
func New(ctx context.Context, connString string) (*Pool, error)
func NewWithConfig(ctx context.Context, config *Config) (*Pool, error)
func ParseConfig(connString string) (*Config, error)
func (p *Pool) Acquire(ctx context.Context) (c *Conn, err error)
func (p *Pool) Begin(ctx context.Context) (pgx.Tx, error)
func (p *Pool) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error)
func (p *Pool) Close()
func (p *Pool) Ping(ctx context.Context) error
func (p *Pool) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
func (p *Pool) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
func (p *Pool) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
func (c *Conn) Begin(ctx context.Context) (pgx.Tx, error)
func (c *Conn) BeginTx(ctx context.Context, txOptions pgx.TxOptions) (pgx.Tx, error)
func (c *Conn) Conn() *pgx.Conn
func (c *Conn) Hijack() *pgx.Conn
func (c *Conn) Ping(ctx context.Context) error
func (c *Conn) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
func (c *Conn) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
func (c *Conn) Release()
func (c *Conn) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
`,
};
