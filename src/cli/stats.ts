/** `check --stats`: figures of a run, on stderr. */
import type { CheckReport } from './report.ts';
import type { Terminal } from './terminal.ts';

export function tellStats(report: CheckReport, milliseconds: number, terminal: Terminal): void {
  const { filesAnalysed, filesSkipped, suppressed, unknown } = report.summary;
  const byRule = new Map<string, number>();
  for (const { rule } of report.diagnostics) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  const lines = [
    `${filesAnalysed} files analysed, ${filesSkipped.length} skipped, ${suppressed} findings silenced, ${unknown} questions not decided`,
    ...[...byRule].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, count]) => `${count} ${rule}`),
    `${(milliseconds / 1000).toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  ];
  for (const line of lines) terminal.err(`goplumber: ${line}\n`);
}
