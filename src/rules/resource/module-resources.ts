/** Resources of well-known modules, in the form of the standard library's. Facts from their documentation. */
import { deferred } from './release-advice.ts';
import type { Resource } from './resource.ts';

const rows = {
  rule: 'unclosed-rows',
  value: { kind: 'result', index: 0 },
  releasedBy: ['Close()'],
  ends: { method: 'Next', when: 'false' },
  keeps: 'the connection stays in use, with the goroutine that waits for its context',
  advice: deferred,
} as const;

const transaction = {
  rule: 'unclosed-rows',
  value: { kind: 'result', index: 0 },
  releasedBy: ['Rollback()', 'Commit()'],
  keeps: 'the transaction keeps its connection',
} as const;

const group = {
  rule: 'unwaited-group',
  value: { kind: 'receiver' },
  releasedBy: ['Wait()'],
  condition: 'not-cancelled',
  keeps: 'its goroutines go on unobserved, and nobody learns of their errors',
  advice: { kind: 'manual', text: 'Call `Wait` before every return that follows the first `Go`.' },
} as const;

const pgx = ['github.com/jackc/pgx/v4', 'github.com/jackc/pgx/v5'];

export const moduleResources: readonly Resource[] = [
  {
    ...rows,
    acquiredBy: methods(
      'github.com/jmoiron/sqlx',
      ['DB', 'Tx', 'Conn', 'Stmt', 'NamedStmt'],
      ['Queryx', 'QueryxContext'],
    ),
  },
  { ...rows, acquiredBy: methods('github.com/jmoiron/sqlx', ['DB', 'Tx'], ['NamedQuery']) },
  {
    ...rows,
    acquiredBy: pgx.flatMap((path) => [
      ...methods(path, ['Conn', 'Tx'], ['Query']),
      ...methods(`${path}/pgxpool`, ['Pool', 'Conn', 'Tx'], ['Query']),
    ]),
  },
  {
    ...transaction,
    acquiredBy: methods('github.com/jmoiron/sqlx', ['DB'], ['Beginx', 'BeginTxx']),
    advice: deferred,
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
  },
  {
    rule: 'unclosed-rows',
    acquiredBy: pgx.map((path) => `${path}/pgxpool.Pool.Acquire`),
    value: { kind: 'result', index: 0 },
    releasedBy: ['Release()', 'Hijack()'],
    keeps: 'the connection never returns to the pool, and whoever waits for one waits on',
    advice: deferred,
  },
  { ...group, acquiredBy: ['golang.org/x/sync/errgroup.Group.Go'] },
  {
    ...group,
    acquiredBy: ['pool.Pool', 'pool.ErrorPool', 'pool.ContextPool', 'pool.ResultPool', 'WaitGroup'].map((type) =>
      type === 'WaitGroup' ? 'github.com/sourcegraph/conc.WaitGroup.Go' : `github.com/sourcegraph/conc/${type}.Go`,
    ),
  },
  {
    rule: 'unclosed-server',
    acquiredBy: ['google.golang.org/grpc.Server.Serve'],
    value: { kind: 'receiver' },
    releasedBy: ['GracefulStop()', 'Stop()'],
    inGoroutine: true,
    condition: 'started-again',
    keeps: 'the server and its goroutine go on after the function has returned',
    advice: { kind: 'manual', text: 'Stop the server before the function returns, or hand it to its owner.' },
  },
  {
    // grpc.ClientConn.NewStream lists the four ways to end a stream; a background context is none of them.
    rule: 'unfinished-stream',
    acquiredBy: ['google.golang.org/grpc.ClientConn.NewStream', 'google.golang.org/grpc.ClientConnInterface.NewStream'],
    value: { kind: 'result', index: 0 },
    releasedBy: [],
    ends: { method: 'RecvMsg', when: 'error' },
    condition: 'endless-context',
    keeps: 'the goroutine of the stream stays until the connection closes',
    advice: {
      kind: 'manual',
      text: 'Derive a context with `context.WithCancel` for the stream and defer its cancel function.',
    },
  },
  {
    // Clients that protoc-gen-go-grpc generates: `stream, err := client.Watch(context.Background(), request)`.
    rule: 'unfinished-stream',
    acquiredBy: ['generated gRPC stream'],
    value: { kind: 'result', index: 0 },
    releasedBy: ['CloseAndRecv()'],
    ends: { method: 'Recv', when: 'error' },
    condition: 'endless-context',
    keeps: 'the goroutine of the stream stays until the connection closes',
    advice: {
      kind: 'manual',
      text: 'Derive a context with `context.WithCancel` for the stream and defer its cancel function.',
    },
  },
];

function methods(path: string, types: readonly string[], names: readonly string[]): readonly string[] {
  return types.flatMap((type) => names.map((name) => `${path}.${type}.${name}`));
}
