/**
 * Where in the change a diagnostic is said.
 *
 * Candidates are its location, its causes, and its related places, in this order. The first added line wins, since an
 * added line is the author's own; then the line of a hunk's context; then, when the change brought the leak by taking
 * something away, the deleted line that looks like the missing partner (LEFT side). Nothing outside a hunk is ever an
 * anchor.
 */
import type { Diagnostic, Location } from '../analysis/diagnostic.ts';
import type { ChangeMap, FileChanges } from './change-map.ts';
import { deletedPartner, type FunctionLines } from './deleted-partner.ts';
import type { Anchor, PlacedDiagnostic, UnplacedDiagnostic } from './finding.ts';

/** A comment spans the lines of its place up to this many; a longer place is named by its first line. */
const maxSpan = 8;

/** Places one diagnostic of head. `functionLines` finds the function around a line of a head file. */
export function placeDiagnostic(
  diagnostic: Diagnostic,
  changes: ChangeMap,
  functionLines: FunctionLines,
): PlacedDiagnostic | UnplacedDiagnostic {
  const anchor =
    first(candidatesOf(diagnostic), (place) => addedAnchor(changes.get(place.path), place)) ??
    first(candidatesOf(diagnostic), (place) => contextAnchor(changes.get(place.path), place)) ??
    deletedPartner(diagnostic, changes, functionLines);
  if (anchor) return { kind: 'placed', diagnostic, anchor };
  return { kind: 'unplaced', diagnostic, reason: reasonOf(diagnostic, changes) };
}

/** Whether a place of the diagnostic stands on an added line, so that the change itself wrote it. */
export function touchesAddedLine(diagnostic: Diagnostic, changes: ChangeMap): boolean {
  return candidatesOf(diagnostic).some((place) => addedAnchor(changes.get(place.path), place) !== undefined);
}

function candidatesOf(diagnostic: Diagnostic): readonly Location[] {
  return [diagnostic.location, ...diagnostic.causes, ...diagnostic.related.map(({ location }) => location)];
}

/** The place itself when it starts on an added line, else the first added line inside a short place. */
function addedAnchor(file: FileChanges | undefined, place: Location): Anchor | undefined {
  if (!file) return undefined;
  if (file.right.get(place.startLine)?.kind === 'added') return spanAnchor(file, place);
  for (let line = place.startLine + 1; line <= Math.min(place.endLine, place.startLine + maxSpan); line++) {
    if (file.right.get(line)?.kind === 'added') return lineAnchor(file, line);
  }
  return undefined;
}

function contextAnchor(file: FileChanges | undefined, place: Location): Anchor | undefined {
  if (!file) return undefined;
  if (file.right.has(place.startLine)) return spanAnchor(file, place);
  for (let line = place.startLine + 1; line <= Math.min(place.endLine, place.startLine + maxSpan); line++) {
    if (file.right.has(line)) return lineAnchor(file, line);
  }
  return undefined;
}

/** All lines of the place when it is short and within one hunk, else its first line. */
function spanAnchor(file: FileChanges, place: Location): Anchor | undefined {
  const start = file.right.get(place.startLine);
  const end = file.right.get(place.endLine);
  const whole = start && end && start.hunk === end.hunk && place.endLine - place.startLine < maxSpan;
  if (!whole || place.endLine === place.startLine) return lineAnchor(file, place.startLine);
  const anchor = lineAnchor(file, place.endLine);
  return anchor && { ...anchor, startLine: place.startLine };
}

function lineAnchor(file: FileChanges, line: number): Anchor | undefined {
  const found = file.right.get(line);
  if (!found || found.kind === 'deleted') return undefined;
  return { path: file.file.path, side: 'RIGHT', line, hunk: found.hunk, change: found.kind };
}

function reasonOf(diagnostic: Diagnostic, changes: ChangeMap): string {
  const file = changes.get(diagnostic.location.path);
  if (!file) return 'the file is not part of the change';
  return file.file.hunks.length === 0 ? 'the change shows no lines of the file' : 'no line of the change is part of it';
}

function first<T, R>(items: readonly T[], answer: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = answer(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
