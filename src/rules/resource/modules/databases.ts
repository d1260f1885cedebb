/** Databases outside the standard library. Facts from the sources that each entry names. */
import { deferred } from '../release-advice.ts';
import type { ModuleResource } from '../resource.ts';
import { methods } from './methods.ts';

const sqlx = 'https://github.com/jmoiron/sqlx/tree/41dac167f';
const pgxSource = 'https://github.com/jackc/pgx/tree/728cefa80';

const rows = {
  rule: 'unclosed-rows',
  value: { kind: 'result', index: 0 },
  releasedBy: ['Close()'],
  ends: { method: 'Next', when: 'false' },
  stays: 'goroutine',
  keeps: 'the connection stays in use, with the goroutine that waits for its context',
  advice: deferred,
} as const;

const transaction = {
  rule: 'unclosed-rows',
  value: { kind: 'result', index: 0 },
  releasedBy: ['Rollback()', 'Commit()'],
  stays: 'lender',
  keeps: 'the transaction keeps its connection',
} as const;

const lent = {
  rule: 'unclosed-rows',
  value: { kind: 'result', index: 0 },
  stays: 'lender',
  keeps: 'the connection never returns to the pool, and callers that wait for one keep waiting',
  advice: deferred,
} as const;

const client = {
  rule: 'unclosed-client',
  value: { kind: 'result', index: 0 },
  releasedBy: ['Close()'],
  condition: 'not-for-process',
} as const;

const pgx = ['github.com/jackc/pgx/v4', 'github.com/jackc/pgx/v5'];

export const databaseResources: readonly ModuleResource[] = [
  {
    ...rows,
    acquiredBy: methods('github.com/jmoiron/sqlx', ['DB', 'Conn', 'Stmt', 'NamedStmt'], ['Queryx', 'QueryxContext']),
    condition: 'owner-stays',
    source: `${sqlx}/sqlx.go`,
  },
  {
    ...rows,
    acquiredBy: [
      ...methods('github.com/jmoiron/sqlx', ['DB'], ['NamedQuery']),
      'github.com/jmoiron/sqlx.DB.NamedQueryContext',
    ],
    condition: 'owner-stays',
    source: `${sqlx}/named_context.go`,
  },
  {
    ...rows,
    acquiredBy: pgx.flatMap((path) => [
      ...methods(path, ['Conn', 'Tx'], ['Query']),
      ...methods(`${path}/pgxpool`, ['Pool', 'Conn', 'Tx'], ['Query']),
    ]),
    condition: 'owner-stays',
    source: `${pgxSource}/rows.go`,
  },
  {
    ...transaction,
    acquiredBy: methods('github.com/jmoiron/sqlx', ['DB', 'Conn'], ['Beginx', 'BeginTxx', 'MustBegin', 'MustBeginTx']),
    stays: 'goroutine',
    keeps: 'the transaction keeps its connection, and the goroutine that waits for its context',
    advice: deferred,
    source: `${sqlx}/sqlx_context.go`,
  },
  {
    ...transaction,
    acquiredBy: pgx.flatMap((path) => [
      ...methods(path, ['Conn'], ['Begin', 'BeginTx']),
      ...methods(`${path}/pgxpool`, ['Pool', 'Conn'], ['Begin', 'BeginTx']),
    ]),
    advice: {
      kind: 'manual',
      text: 'Defer `tx.Rollback(ctx)` right after the error check; after a commit it does nothing.',
    },
    source: `${pgxSource}/tx.go`,
  },
  {
    ...lent,
    acquiredBy: pgx.map((path) => `${path}/pgxpool.Pool.Acquire`),
    releasedBy: ['Release()', 'Hijack()'],
    source: `${pgxSource}/pgxpool/pool.go`,
  },
  {
    ...lent,
    acquiredBy: ['github.com/jmoiron/sqlx.DB.Connx'],
    releasedBy: ['Close()'],
    source: `${sqlx}/sqlx_context.go`,
  },
  {
    // "The BatchResults must be closed before the underlying connection can be used again."
    rule: 'unclosed-rows',
    acquiredBy: pgx.flatMap((path) => [
      ...methods(path, ['Conn', 'Tx'], ['SendBatch']),
      ...methods(`${path}/pgxpool`, ['Pool', 'Conn', 'Tx'], ['SendBatch']),
    ]),
    value: { kind: 'result', index: 0 },
    releasedBy: ['Close()'],
    stays: 'lender',
    keeps: 'its connection cannot be used again, and callers that wait for one keep waiting',
    advice: deferred,
    source: `${pgxSource}/conn.go`,
  },
  {
    rule: 'unclosed-rows',
    value: { kind: 'result', index: 0 },
    releasedBy: ['Close()'],
    advice: deferred,
    acquiredBy: [
      ...methods(
        'github.com/jmoiron/sqlx',
        ['DB'],
        ['Preparex', 'PreparexContext', 'PrepareNamed', 'PrepareNamedContext'],
      ),
      'github.com/jmoiron/sqlx.Conn.PreparexContext',
    ],
    condition: 'owner-stays',
    stays: 'handle',
    keeps: 'the prepared statement stays in the database and in the pool',
    source: `${sqlx}/sqlx.go`,
  },
  {
    ...client,
    acquiredBy: ['Open', 'Connect', 'ConnectContext', 'MustOpen', 'MustConnect'].map(
      (name) => `github.com/jmoiron/sqlx.${name}`,
    ),
    stays: 'goroutine',
    keeps: 'the goroutine that opens its connections stays, with the connections',
    advice: deferred,
    source: `${sqlx}/sqlx.go`,
  },
  {
    ...client,
    acquiredBy: [
      ...['Connect', 'ConnectConfig'].map((name) => `github.com/jackc/pgx/v4/pgxpool.${name}`),
      ...['New', 'NewWithConfig'].map((name) => `github.com/jackc/pgx/v5/pgxpool.${name}`),
    ],
    stays: 'goroutine',
    keeps: 'the goroutine that checks its connections stays, with the connections',
    advice: deferred,
    source: `${pgxSource}/pgxpool/pool.go#L334`,
  },
  {
    ...client,
    acquiredBy: pgx.flatMap((path) =>
      ['Connect', 'ConnectConfig', 'ConnectWithOptions'].map((name) => `${path}.${name}`),
    ),
    stays: 'handle',
    keeps: 'the connection stays open, here and in the database',
    advice: { kind: 'manual', text: 'Defer `conn.Close` with a context right after the error check.' },
    source: `${pgxSource}/conn.go`,
  },
];
