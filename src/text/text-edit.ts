import { overlaps, type Range } from './offset.ts';

/** Replaces `range` of the original text by `newText`; an empty range inserts. The name is x/tools go/analysis'. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Why a set of edits cannot be applied together. */
export interface EditConflict {
  readonly kind: 'conflict';
  readonly reason: string;
}

/**
 * Applies edits that all refer to the original text, in any order. Insertions at the same offset are applied in the
 * order given. Returns a conflict when two edits overlap or one lies outside the text.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | EditConflict {
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort(
    (a, b) => a.edit.range.start - b.edit.range.start || a.edit.range.end - b.edit.range.end || a.order - b.order,
  );
  let result = '';
  let done = 0;
  let previous: Range | undefined;
  for (const { edit } of sorted) {
    const { start, end } = edit.range;
    if (start < 0 || end > text.length || start > end)
      return { kind: 'conflict', reason: 'an edit lies outside the text' };
    if (start < done || (previous && overlaps(previous, edit.range)))
      return { kind: 'conflict', reason: 'two edits overlap' };
    result += text.slice(done, start) + edit.newText;
    done = end;
    previous = edit.range;
  }
  return result + text.slice(done);
}
