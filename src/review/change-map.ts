/** Which lines of which file a review may comment on: the lines of the hunks, looked up by path and number. */
import { type HunkLine, hunkLines } from '../text/hunk.ts';
import type { ChangedFile } from './ports.ts';

/** A line of a hunk, and the index of the hunk within its file. */
export type ChangedLine = HunkLine & { readonly hunk: number };

export interface FileChanges {
  readonly file: ChangedFile;
  /** Context and added lines by their line at head. */
  readonly right: ReadonlyMap<number, ChangedLine>;
  /** Deleted lines by their line at the base. */
  readonly left: ReadonlyMap<number, ChangedLine>;
}

/** The changed files of a pull request by their path at head (removed files: at the base). */
export type ChangeMap = ReadonlyMap<string, FileChanges>;

export function changeMap(files: readonly ChangedFile[]): ChangeMap {
  return new Map(files.map((file) => [file.path, fileChanges(file)]));
}

/** Whether all lines of `startLine..endLine` at head lie in one hunk of the file; gives its index. */
export function hunkOfRange(changes: ChangeMap, path: string, startLine: number, endLine: number): number | undefined {
  const right = changes.get(path)?.right;
  const hunk = right?.get(startLine)?.hunk;
  if (right === undefined || hunk === undefined) return undefined;
  // The lines of a hunk are consecutive on the right side, so its two ends decide.
  return right.get(endLine)?.hunk === hunk ? hunk : undefined;
}

/**
 * The line of the base that a line at head was, with the file's paths there; undefined for an added line. Files that the
 * change does not touch keep their lines.
 */
export function baseLine(
  changes: ChangeMap,
  path: string,
  line: number,
): { readonly paths: readonly string[]; readonly line: number } | undefined {
  const changed = changes.get(path);
  if (!changed) return { paths: [path], line };
  const { previousPath, hunks } = changed.file;
  const paths = previousPath === undefined ? [path] : [path, previousPath];
  const shown = changed.right.get(line);
  if (shown) return shown.kind === 'context' ? { paths, line: shown.oldLine } : undefined;
  // A hunk without lines at head is numbered by the line that it follows.
  const before = hunks.filter(({ newStart, newLines }) => newStart + Math.max(newLines, 1) <= line);
  return { paths, line: line - before.reduce((shift, { newLines, oldLines }) => shift + newLines - oldLines, 0) };
}

/** Whether the change adds, alters or deletes a line of `startLine..endLine` at head. */
export function changesLines(changes: ChangeMap, path: string, startLine: number, endLine: number): boolean {
  const inside = (line: number): boolean => startLine <= line && line <= endLine;
  return (changes.get(path)?.file.hunks ?? []).some((hunk) =>
    hunkLines(hunk).some((line) => {
      if (line.kind === 'added') return inside(line.newLine);
      // A deleted line stood between two lines of head.
      return line.kind === 'deleted' && inside(line.before - 1) && inside(line.before);
    }),
  );
}

function fileChanges(file: ChangedFile): FileChanges {
  const right = new Map<number, ChangedLine>();
  const left = new Map<number, ChangedLine>();
  for (const [hunk, lines] of file.hunks.entries()) {
    for (const line of hunkLines(lines)) {
      if (line.kind === 'deleted') left.set(line.oldLine, { ...line, hunk });
      else right.set(line.newLine, { ...line, hunk });
    }
  }
  return { file, right, left };
}
