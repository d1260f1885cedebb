/** Two fixes that are offered as one. */
import type { TextEdit } from '../text/text-edit.ts';
import type { SuggestedFix } from './diagnostic.ts';

/** Two fixes as one; undefined when they edit the same place. */
export function mergedFix(first: SuggestedFix, second: SuggestedFix): SuggestedFix | undefined {
  const paths = [...new Set([...first.files, ...second.files].map(({ path }) => path))];
  const files = paths.map((path) => ({
    path,
    edits: [...first.files, ...second.files].flatMap((file) => (file.path === path ? file.edits : [])),
  }));
  if (files.some(({ edits }) => edits.some((edit, at) => edits.slice(at + 1).some((other) => clash(edit, other)))))
    return undefined;
  const message = first.message === second.message ? first.message : `${first.message}; ${lowered(second.message)}`;
  return { message, files, verified: false };
}

/** Overlapping or touching: which of two insertions at one place comes first is nobody's to say. */
function clash(a: TextEdit, b: TextEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}

function lowered(sentence: string): string {
  return /^[A-Z][a-z]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
