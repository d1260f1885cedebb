/** Resources of the standard library. Facts from pkg.go.dev, with the section that says so. */
import { deferred } from './release-advice.ts';
import type { Resource } from './resource.ts';

const bodyKeeps = 'the connection stays open with the goroutines that read and write it';
const rowsKeeps = 'the connection stays in use, with the goroutine that waits for its context';

export const standardResources: readonly Resource[] = [
  {
    rule: 'lost-cancel',
    acquiredBy: [
      'context.WithCancel',
      'context.WithCancelCause',
      'context.WithTimeout',
      'context.WithTimeoutCause',
      'context.WithDeadline',
      'context.WithDeadlineCause',
    ],
    value: { kind: 'result', index: 1 },
    releasedBy: ['()'],
    anyUse: true,
    keeps: 'the context and all that hangs on it stay until the parent ends',
    advice: deferred,
  },
  {
    rule: 'lost-cancel',
    acquiredBy: ['os/signal.NotifyContext'],
    value: { kind: 'result', index: 1 },
    releasedBy: ['()'],
    anyUse: true,
    keeps: 'the goroutine that waits for the signals stays',
    advice: deferred,
  },
  {
    rule: 'unstopped-iterator',
    acquiredBy: ['iter.Pull', 'iter.Pull2'],
    value: { kind: 'result', index: 1 },
    releasedBy: ['()'],
    anyUse: true,
    keeps: 'the goroutine of the iterator stays until it is drained',
    advice: deferred,
  },
  {
    rule: 'unstopped-ticker',
    acquiredBy: ['time.NewTicker'],
    value: { kind: 'result', index: 0 },
    releasedBy: ['Stop()'],
    parts: ['C'],
    keeps: 'before Go 1.23 the ticker stays in the runtime forever',
    advice: deferred,
  },
  {
    // "The client must close the response body when finished with it." Head is left out: its body is empty.
    rule: 'unclosed-body',
    acquiredBy: [
      'net/http.Get',
      'net/http.Post',
      'net/http.PostForm',
      'net/http.Client.Do',
      'net/http.Client.Get',
      'net/http.Client.Post',
      'net/http.Client.PostForm',
      'net/http.Transport.RoundTrip',
      'net/http.RoundTripper.RoundTrip',
    ],
    value: { kind: 'result', index: 0 },
    releasedBy: ['Body.Close()'],
    emptyWhen: { field: 'StatusCode', value: 204 },
    keeps: bodyKeeps,
    advice: deferred,
  },
  {
    // "If Next is called and returns false and there are no further result sets, the Rows are closed automatically."
    rule: 'unclosed-rows',
    acquiredBy: ['DB', 'Tx', 'Conn', 'Stmt'].flatMap((type) => [
      `database/sql.${type}.Query`,
      `database/sql.${type}.QueryContext`,
    ]),
    value: { kind: 'result', index: 0 },
    releasedBy: ['Close()'],
    ends: { method: 'Next', when: 'false' },
    condition: 'owner-stays',
    keeps: rowsKeeps,
    advice: deferred,
  },
  {
    // "The caller must call the statement's Close method when the statement is no longer needed." Those of a Tx end with it.
    rule: 'unclosed-rows',
    acquiredBy: ['DB.Prepare', 'DB.PrepareContext', 'Conn.PrepareContext'].map((method) => `database/sql.${method}`),
    value: { kind: 'result', index: 0 },
    releasedBy: ['Close()'],
    condition: 'owner-stays',
    keeps: 'the prepared statement stays in the database and in the pool',
    advice: deferred,
  },
  {
    rule: 'unclosed-rows',
    acquiredBy: ['database/sql.DB.Begin', 'database/sql.DB.BeginTx', 'database/sql.Conn.BeginTx'],
    value: { kind: 'result', index: 0 },
    releasedBy: ['Rollback()', 'Commit()'],
    keeps: 'the transaction keeps its connection, and the goroutine that waits for its context',
    advice: deferred,
  },
  {
    rule: 'unclosed-rows',
    acquiredBy: ['database/sql.DB.Conn'],
    value: { kind: 'result', index: 0 },
    releasedBy: ['Close()'],
    keeps: 'the connection never returns to the pool, and whoever waits for one waits on',
    advice: deferred,
  },
  {
    // "Wait must be called": the goroutines that copy the standard streams and watch the context end there.
    rule: 'unwaited-command',
    acquiredBy: ['os/exec.Cmd.Start'],
    value: { kind: 'receiver' },
    releasedBy: ['Wait()', 'Process.Wait()', 'Process.Release()'],
    condition: 'keeps-goroutine',
    keeps: 'the goroutines that copy its output or watch its context stay, and the process as a zombie',
    advice: { kind: 'manual', text: 'Call `Wait` on every path after `Start`, in a goroutine of its own if need be.' },
  },
  {
    rule: 'unstopped-signal',
    acquiredBy: ['os/signal.Notify'],
    value: { kind: 'argument', index: 0 },
    releasedBy: ['os/signal.Stop(x)'],
    readByGoroutines: true,
    condition: 'read-by-goroutine',
    keeps: 'the goroutine that receives the signals stays',
    advice: {
      kind: 'manual',
      text: 'Call `signal.Stop` when the function is done, and end the goroutine, for instance by a done channel beside the signals.',
    },
  },
  {
    rule: 'unclosed-server',
    acquiredBy: ['ListenAndServe', 'ListenAndServeTLS', 'Serve', 'ServeTLS'].map(
      (method) => `net/http.Server.${method}`,
    ),
    value: { kind: 'receiver' },
    releasedBy: ['Shutdown()', 'Close()'],
    inGoroutine: true,
    condition: 'started-again',
    keeps: 'the server and its goroutine go on after the function has returned',
    advice: { kind: 'manual', text: 'Shut the server down before the function returns, or hand it to its owner.' },
  },
];
