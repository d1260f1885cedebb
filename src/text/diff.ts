/** Line diffs between two texts: as hunks, and as a unified diff that `git apply` accepts. */
import { diffArrays } from 'diff';
import type { Hunk } from './hunk.ts';

/** One file of a unified diff: its text before and after. Paths are slash-separated, relative to the repository. */
export interface FileChange {
  readonly path: string;
  readonly oldText: string;
  readonly newText: string;
}

/** Edit steps after which the search for a smallest diff is given up; then the changed middle is one block. */
const maxEditLength = 2000;
const defaultContext = 3;

/**
 * The hunks that lead from one text to the other, with `context` unchanged lines around each change. Lines end at
 * `\n`; a `\r` stays part of its line, and a missing final newline makes a line differ, as it does for git. Equal
 * texts give no hunks. Work is bounded: beyond 2,000 edit steps the result is right but coarse.
 */
export function hunksBetween(oldText: string, newText: string, context: number = defaultContext): readonly Hunk[] {
  return groups(oldText, newText, context).map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    oldStart,
    oldLines,
    newStart,
    newLines,
    lines: lines.map((line) => (line.endsWith('\n') ? line.slice(0, -1) : line)),
  }));
}

/**
 * A unified diff of several modified files, with `a/` and `b/` prefixes, quoted paths where git would quote them, and
 * "\ No newline at end of file" where it belongs. Files whose texts are equal are left out; all equal gives ''.
 */
export function unifiedDiff(files: readonly FileChange[], context: number = defaultContext): string {
  return files.map((file) => fileDiff(file, context)).join('');
}

function fileDiff(file: FileChange, context: number): string {
  const hunks = groups(file.oldText, file.newText, context);
  if (hunks.length === 0) return '';
  const body = hunks.map((hunk) => {
    const head = `@@ -${side(hunk.oldStart, hunk.oldLines)} +${side(hunk.newStart, hunk.newLines)} @@\n`;
    return (
      head + hunk.lines.map((line) => (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`)).join('')
    );
  });
  return `--- ${headerPath('a/', file.path)}\n+++ ${headerPath('b/', file.path)}\n${body.join('')}`;
}

function side(start: number, lines: number): string {
  return lines === 1 ? `${start}` : `${start},${lines}`;
}

/** A path as git writes it after `---`: C-quoted when it holds control characters, quotes or backslashes; a tab ends a
 *  path that holds a blank, so that no reader takes the rest for a date. */
function headerPath(prefix: string, path: string): string {
  const full = prefix + path;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be quoted
  if (/[\u0000-\u001f"\\\u007f]/.test(full)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    return `"${full.replace(/[\u0000-\u001f"\\\u007f]/g, quoted)}"`;
  }
  return full.includes(' ') ? `${full}\t` : full;
}

function quoted(char: string): string {
  if (char === '"' || char === '\\') return `\\${char}`;
  return `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

/** A line with its mark; `oldLine` and `newLine` are the 1-based numbers that the line has or would have. */
interface MarkedLine {
  readonly mark: ' ' | '+' | '-';
  readonly line: string;
  readonly oldLine: number;
  readonly newLine: number;
}

/** As `Hunk`, but the lines keep their endings. */
function groups(oldText: string, newText: string, context: number): readonly Hunk[] {
  if (oldText === newText) return [];
  const marked = markedLines(splitLines(oldText), splitLines(newText));
  const hunks: Hunk[] = [];
  let start = -1;
  let lastChange = -1;
  marked.forEach((line, at) => {
    if (line.mark === ' ') return;
    if (start !== -1 && at - lastChange > 2 * context + 1) {
      hunks.push(hunkOf(marked.slice(start, lastChange + context + 1)));
      start = -1;
    }
    if (start === -1) start = Math.max(0, at - context);
    lastChange = at;
  });
  if (start !== -1) hunks.push(hunkOf(marked.slice(start, lastChange + context + 1)));
  return hunks;
}

function hunkOf(lines: readonly MarkedLine[]): Hunk {
  const oldLines = lines.filter((line) => line.mark !== '+').length;
  const newLines = lines.filter((line) => line.mark !== '-').length;
  const first = lines[0];
  const oldFirst = first?.oldLine ?? 1;
  const newFirst = first?.newLine ?? 1;
  return {
    // A side without lines is numbered by the line before it, 0 at the start of the file.
    oldStart: oldLines === 0 ? oldFirst - 1 : oldFirst,
    oldLines,
    newStart: newLines === 0 ? newFirst - 1 : newFirst,
    newLines,
    lines: lines.map(({ mark, line }) => mark + line),
  };
}

function markedLines(before: readonly string[], after: readonly string[]): readonly MarkedLine[] {
  const result: MarkedLine[] = [];
  let oldLine = 1;
  let newLine = 1;
  const push = (mark: MarkedLine['mark'], line: string): void => {
    result.push({ mark, line, oldLine, newLine });
    if (mark !== '+') oldLine++;
    if (mark !== '-') newLine++;
  };
  const { head, tail } = commonEnds(before, after);
  for (const line of before.slice(0, head)) push(' ', line);
  const middleOld = before.slice(head, before.length - tail);
  const middleNew = after.slice(head, after.length - tail);
  const changes = diffArrays([...middleOld], [...middleNew], { maxEditLength });
  if (changes) {
    for (const change of changes)
      for (const line of change.value) push(change.added ? '+' : change.removed ? '-' : ' ', line);
  } else {
    for (const line of middleOld) push('-', line);
    for (const line of middleNew) push('+', line);
  }
  for (const line of before.slice(before.length - tail)) push(' ', line);
  return result;
}

function commonEnds(
  before: readonly string[],
  after: readonly string[],
): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { head, tail };
}

/** Lines with their endings; the empty text has none. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
