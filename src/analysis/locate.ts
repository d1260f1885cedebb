/** Locations of files, and their order. */
import type { File } from '../go/ast.ts';
import type { Range } from '../text/offset.ts';
import type { Location } from './diagnostic.ts';

/** The location of a range of a file; lines are 1-based and derived from the range. */
export function locationOf(file: File, span: Range): Location {
  const { startLine, endLine } = file.lines.linesOf(span);
  return { path: file.path, range: { start: span.start, end: span.end }, startLine, endLine };
}

/** Orders by path (code units, independent of a locale), then start, then end. */
export function compareLocations(a: Location, b: Location): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.range.start - b.range.start || a.range.end - b.range.end;
}

/** Whether two locations are the same range of the same file. */
export function sameLocation(a: Location, b: Location): boolean {
  return compareLocations(a, b) === 0;
}
