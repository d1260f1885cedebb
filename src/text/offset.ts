/**
 * Places in a text.
 *
 * Three conventions meet in this project: tree-sitter (through its Node binding) and JavaScript count UTF-16 code
 * units, GitHub counts lines, Go counts bytes. Everything inside is an `Offset`; lines and columns appear only at the
 * edges, made by a `LineIndex`.
 */

declare const offsetBrand: unique symbol;

/** A 0-based position in UTF-16 code units. Branded so that a line number or a byte count cannot be passed for it. */
export type Offset = number & { readonly [offsetBrand]: true };

/** Half-open: `start` is inside, `end` is not. `start <= end`. */
export interface Range {
  readonly start: Offset;
  readonly end: Offset;
}

/** 1-based line, 1-based column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Marks a number as an offset. The caller vouches that it counts UTF-16 units of the text at hand. */
export function offset(value: number): Offset {
  return value as Offset;
}

/** The range between two offsets. */
export function range(start: number, end: number): Range {
  return { start: start as Offset, end: end as Offset };
}

/** Whether `inner` lies inside `outer` (equal ranges do). */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two ranges share at least one code unit; empty ranges overlap nothing. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}
