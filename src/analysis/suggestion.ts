/** A fix as one contiguous replacement of whole lines, the form that a one-click suggestion has. */
import { LineIndex } from '../text/line-index.ts';
import { applyEdits } from '../text/text-edit.ts';
import type { SuggestedFix } from './diagnostic.ts';

/** Replaces the lines `startLine` to `endLine` (1-based, inclusive) of the file by `replacement`. */
export interface Suggestion {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** New content of the lines, without the ending of the last one; empty with `deletes` = the lines go. */
  readonly replacement: string;
  /** The lines are deleted altogether: an empty suggestion block. */
  readonly deletes: boolean;
}

/**
 * The smallest contiguous line range that a fix of one file replaces; undefined for a fix of several files or one whose
 * edits do not apply. A pure insertion needs a line to stand on: the line before it, or the one after when `usable`
 * (usually: the line lies in a hunk) accepts only that.
 */
export function suggestionOf(
  fix: SuggestedFix,
  text: string,
  usable: (line: number) => boolean = () => true,
): Suggestion | undefined {
  const [file, second] = fix.files;
  if (!file || second || file.edits.length === 0) return undefined;
  const after = applyEdits(text, file.edits);
  if (typeof after !== 'string') return undefined;
  const oldLines = linesOf(text);
  const newLines = linesOf(after);
  let same = 0;
  while (same < oldLines.length && same < newLines.length && oldLines[same] === newLines[same]) same += 1;
  let tail = 0;
  while (
    tail < oldLines.length - same &&
    tail < newLines.length - same &&
    oldLines.at(-1 - tail) === newLines.at(-1 - tail)
  )
    tail += 1;
  let start = same;
  let end = oldLines.length - tail;
  let newEnd = newLines.length - tail;
  if (start === oldLines.length && end === start && newEnd === start) return undefined;
  if (start === end) {
    const before = start > 0 && (usable(start) || end === oldLines.length || !usable(end + 1));
    if (before) start -= 1;
    else [end, newEnd] = [end + 1, newEnd + 1];
  }
  const replacement = newLines.slice(start, newEnd).join('');
  return {
    path: file.path,
    startLine: start + 1,
    endLine: end,
    replacement: replacement.replace(/\r?\n$/, ''),
    deletes: replacement === '',
  };
}

/** Lines with their endings; their concatenation is the text. */
function linesOf(text: string): readonly string[] {
  const index = new LineIndex(text);
  const lines: string[] = [];
  for (let line = 1; line <= index.lineCount; line++) {
    const content = text.slice(index.lineStart(line), index.lineEnd(line));
    if (content !== '') lines.push(content);
  }
  return lines;
}
