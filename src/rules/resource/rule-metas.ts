/** What the catalogue says of each rule of this group. */
import type { RuleMeta } from '../../analysis/rule.ts';

const handedOn = {
  kind: 'miss',
  text: 'What is passed to unseen code is assumed to be released there.',
} as const;

function meta(id: string, summary: string, more: Partial<RuleMeta> = {}): RuleMeta {
  return { id, group: 'resource', summary, severity: 'warning', since: '0.2.0', knownProblems: [handedOn], ...more };
}

export const metas: readonly RuleMeta[] = [
  meta('lost-cancel', 'The cancel function of a context is dropped, or not called on every path.', {
    since: '0.1.0',
    knownProblems: [{ kind: 'miss', text: 'A cancel function that is passed on and never called is not reported.' }],
  }),
  meta('unclosed-body', 'The body of an HTTP response is not closed on every path.'),
  meta('unclosed-client', 'A client, connection, subscription or watcher is not closed on every path.'),
  meta('unclosed-rows', 'The rows of a query, a transaction or a connection are not released on every path.'),
  meta('unclosed-server', 'A server is started in a goroutine and not shut down when the function returns.'),
  meta('unfinished-stream', 'A gRPC stream with a context that never ends is left before its end.'),
  meta('unstopped-iterator', 'The stop function of iter.Pull is dropped, or not called on every path.', {
    since: '0.1.0',
    goVersions: '>=1.23',
    knownProblems: [{ kind: 'miss', text: 'A stop function that is passed on and never called is not reported.' }],
  }),
  meta('unstopped-signal', 'A goroutine receives signals from a channel that is never given to signal.Stop.'),
  meta('unstopped-ticker', 'A ticker is never stopped, which keeps it forever before Go 1.23.', {
    since: '0.1.0',
    goVersions: '<1.23',
    knownProblems: [{ kind: 'miss', text: 'A ticker in a field is not judged.' }],
  }),
  meta('unwaited-command', 'A command is started and not waited for, which keeps the goroutines that serve it.'),
  meta('unwaited-group', 'A group of goroutines is started and not waited for on every path.'),
];
