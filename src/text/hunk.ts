/** Hunks of a unified diff: reading the patch text that GitHub gives for a file, and walking the lines of a hunk. */

/** One `@@` block: 1-based start lines and the lines with their mark. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Each starts with ' ', '+' or '-'; "\ No newline at end of file" is left out. A `\r` of a CRLF file is kept. */
  readonly lines: readonly string[];
}

/** One line of a hunk with its numbers. A deleted line has no `newLine`, an added line no `oldLine`. */
export type HunkLine =
  | { readonly kind: 'context'; readonly oldLine: number; readonly newLine: number; readonly text: string }
  | { readonly kind: 'added'; readonly newLine: number; readonly text: string }
  /** `newLine` of a deleted line would be a lie; `before` is the line of the new text that it stood in front of. */
  | { readonly kind: 'deleted'; readonly oldLine: number; readonly before: number; readonly text: string };

/** A patch text that is not a sequence of whole hunks. `line` is 1-based within the patch. */
export interface MalformedPatch {
  readonly kind: 'malformed';
  readonly line: number;
  readonly reason: string;
}

const header = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

/**
 * Reads the `patch` of one file (hunks only; lines before the first `@@`, such as `---` and `+++`, are passed over).
 * Lines are counted off by each hunk's header, so a line of Go that looks like a header cannot be taken for one.
 * A patch that was cut in the middle of a hunk is malformed: half a hunk proves no anchor.
 */
export function parsePatch(patch: string): readonly Hunk[] | MalformedPatch {
  const lines = patch.split('\n');
  const hunks: Hunk[] = [];
  let at = 0;
  while (at < lines.length && !header.test(lines[at] ?? '')) at++;
  while (at < lines.length) {
    const text = lines[at] ?? '';
    if (text === '' && at === lines.length - 1) break;
    const read = readHunk(lines, at);
    if ('kind' in read) return read;
    hunks.push(read.hunk);
    at = read.next;
  }
  return hunks;
}

/** The lines of a hunk in order, each with its number in the old and the new text. */
export function hunkLines(hunk: Hunk): readonly HunkLine[] {
  // A side without lines names the line after which it stands, as `@@ -0,0 +1,3 @@` does.
  let oldLine = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
  let newLine = hunk.newLines === 0 ? hunk.newStart + 1 : hunk.newStart;
  return hunk.lines.map((marked): HunkLine => {
    const text = marked.slice(1);
    if (marked.startsWith('+')) return { kind: 'added', newLine: newLine++, text };
    if (marked.startsWith('-')) return { kind: 'deleted', oldLine: oldLine++, before: newLine, text };
    return { kind: 'context', oldLine: oldLine++, newLine: newLine++, text };
  });
}

function readHunk(
  lines: readonly string[],
  start: number,
): { readonly hunk: Hunk; readonly next: number } | MalformedPatch {
  const match = header.exec(lines[start] ?? '');
  if (!match) return malformed(start, 'a hunk header (`@@ -a,b +c,d @@`) was expected');
  const [oldStart, oldLines, newStart, newLines] = [match[1], match[2] ?? '1', match[3], match[4] ?? '1'].map(
    Number,
  ) as [number, number, number, number];
  let oldLeft = oldLines;
  let newLeft = newLines;
  const body: string[] = [];
  let at = start + 1;
  for (; oldLeft > 0 || newLeft > 0; at++) {
    const line = lines[at];
    if (line === undefined || (line === '' && at === lines.length - 1))
      return malformed(at, 'the hunk ends before its header says so');
    if (line.startsWith('\\')) continue;
    // Some tools strip the blank of an empty context line.
    const marked = line === '' || line === '\r' ? ` ${line}` : line;
    const mark = marked[0];
    if (mark !== ' ' && mark !== '+' && mark !== '-')
      return malformed(at, 'a line of a hunk starts with neither blank, `+` nor `-`');
    if (mark !== '+') oldLeft--;
    if (mark !== '-') newLeft--;
    if (oldLeft < 0 || newLeft < 0) return malformed(at, 'the hunk holds more lines than its header says');
    body.push(marked);
  }
  while (lines[at]?.startsWith('\\')) at++;
  return { hunk: { oldStart, oldLines, newStart, newLines, lines: body }, next: at };
}

function malformed(index: number, reason: string): MalformedPatch {
  return { kind: 'malformed', line: index + 1, reason };
}
