/** `check --diff-from`: findings that concern the added lines of a unified diff, as `git diff` writes it. */
import type { CheckReport } from './report.ts';
import { summarise } from './report.ts';
import { UsageError } from './usage-error.ts';

/** Added lines by path in the new version, from the top of the repository. */
export type AddedLines = ReadonlyMap<string, ReadonlySet<number>>;

/** Reads a diff. Throws `UsageError` for a text that is none. */
export function addedLines(diff: string): AddedLines {
  const added = new Map<string, Set<number>>();
  let lines: Set<number> | undefined;
  let at = 0;
  // Lines of the hunk that are still to come, so that an added line `++ x` is not taken for a header.
  let [oldLeft, newLeft] = [0, 0];
  for (const line of diff.split('\n')) {
    if (oldLeft > 0 || newLeft > 0) {
      const kind = line.charAt(0);
      if (kind === '\\') continue;
      if (kind === '+') lines?.add(at);
      if (kind !== '-') at++;
      if (kind !== '-') newLeft--;
      if (kind !== '+') oldLeft--;
      continue;
    }
    const file = /^\+\+\+ (.*?)\t?\r?$/.exec(line)?.[1];
    if (file !== undefined) {
      const path = pathOf(file);
      lines = path === undefined ? undefined : (added.get(path) ?? new Set());
      if (path !== undefined && lines) added.set(path, lines);
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk) [oldLeft, at, newLeft] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
  }
  if (diff.trim() !== '' && !/^(diff --git |@@ -\d)/m.test(diff))
    throw new UsageError('the input of --diff-from is not a unified diff');
  return added;
}

/** The path of a `+++` line: without git's prefix and quotes; undefined for a deleted file. */
function pathOf(name: string): string | undefined {
  if (name === '/dev/null') return undefined;
  const quoted = /^"(.*)"$/.exec(name)?.[1];
  const plain = quoted === undefined ? name : unquoted(quoted);
  return plain.replace(/^b\//, '');
}

/** Undoes git's quoting: C escapes, and bytes as three octal digits. */
function unquoted(text: string): string {
  const bytes: Buffer[] = [];
  for (const [part] of text.matchAll(/\\[0-7]{3}|\\.|[^\\]+/g)) {
    if (/^\\[0-7]/.test(part)) bytes.push(Buffer.from([Number.parseInt(part.slice(1), 8)]));
    else if (part.startsWith('\\'))
      bytes.push(Buffer.from(({ t: '\t', n: '\n' } as Record<string, string>)[part.charAt(1)] ?? part.slice(1)));
    else bytes.push(Buffer.from(part));
  }
  return Buffer.concat(bytes).toString('utf8');
}

/** Findings with a place on an added line: their own, a step of the witness, or a related one. */
export function onAddedLines(
  report: CheckReport,
  touches: (path: string, from: number, to: number) => boolean,
): CheckReport {
  const diagnostics = report.diagnostics.filter(
    (diagnostic) =>
      touches(diagnostic.path, diagnostic.line, diagnostic.endLine) ||
      [...diagnostic.witness, ...diagnostic.related].some(({ path, line }) => touches(path, line, line)),
  );
  return { ...report, diagnostics, summary: summarise(diagnostics, report.summary) };
}
