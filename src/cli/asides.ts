/** What people should know beside the findings; it goes to stderr. */
import { sep } from 'node:path';
import { isPattern } from '../local/folder.ts';
import type { CheckOptions } from './check-options.ts';
import { visible } from './escape.ts';
import type { CheckReport } from './report.ts';
import type { Terminal } from './terminal.ts';

/** A file that was named and does not parse was not checked as asked. Returns whether there is one. */
export function tellBroken(
  report: CheckReport,
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): boolean {
  if (options.base !== undefined || !paths.some((path) => path.endsWith('.go'))) return false;
  const broken = report.summary.filesSkipped.filter(
    (file) => file.broken && paths.some((path) => path.split(sep).join('/').replace(/^\.\//, '') === file.path),
  );
  for (const { path, reason } of broken) terminal.err(`goplumber: ${visible(path)}: ${visible(reason)}\n`);
  return broken.length > 0;
}

/** More lines than these about what was skipped would bury the findings. */
const maxSkippedLines = 20;

/** What people should know beside the findings goes to stderr; JSON and SARIF hold what was skipped themselves. */
export function tellAsides(
  report: CheckReport,
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): void {
  for (const note of report.notes) terminal.err(`goplumber: ${visible(note)}\n`);
  if (options.format === 'text' || options.format === 'github') tellSkipped(report, terminal);
  // A run that was ended has a note about that.
  if (report.summary.filesAnalysed > 0 || report.notes.length > 0) return;
  terminal.err(`goplumber: ${visible(nothingToCheck(report, paths, options))}\n`);
}

function nothingToCheck(
  { summary }: CheckReport,
  paths: readonly string[],
  { base, staged, diffFrom }: CheckOptions,
): string {
  if (base !== undefined || staged) return 'the change holds no Go files to check';
  if (diffFrom !== undefined) return 'the diff adds no lines to Go files here';
  if (summary.filesSkipped.length > 0) return 'all Go files here are left out; --format json says why';
  const [folder] = paths;
  if (folder === undefined || paths.some((path) => isPattern(path) || path.endsWith('.go')))
    return 'there are no Go files to check here';
  return `there are no Go files in ${paths.join(' ')}; ${folder.replace(/\/+$/, '')}/... also means the folders below`;
}

function tellSkipped(report: CheckReport, terminal: Terminal): void {
  const worth = report.summary.filesSkipped.filter((file) => file.expected !== true);
  for (const { path, reason } of worth.slice(0, maxSkippedLines)) {
    terminal.err(`goplumber: skipped ${visible(path)}: ${visible(reason)}\n`);
  }
  const more = worth.length - maxSkippedLines;
  if (more > 0) terminal.err(`goplumber: skipped ${more} more; --format json lists them\n`);
}
