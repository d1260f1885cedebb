/** Applying a fix to the texts it speaks of, byte for byte elsewhere. */
import { applyEdits, type TextEdit } from '../text/text-edit.ts';
import type { FixRefusal, SuggestedFix } from './diagnostic.ts';

/** New texts by path; only files that the fix touches. */
export type PatchedTexts = ReadonlyMap<string, string>;

/** Applies all edits of a fix. Refused when edits overlap, a file is missing, or nothing would change. */
export function applyFix(fix: SuggestedFix, textOf: (path: string) => string | undefined): PatchedTexts | FixRefusal {
  const patched = new Map<string, string>();
  for (const { path, edits } of fix.files) {
    const text = textOf(path);
    if (text === undefined) return refused(`the fix edits ${path}, which is not part of the package`);
    if (patched.has(path)) return refused(`the fix lists ${path} twice`);
    const result = applyEdits(text, edits);
    if (typeof result !== 'string') return refused(result.reason);
    if (result !== text) patched.set(path, result);
  }
  return patched.size > 0 ? patched : refused('the fix changes nothing');
}

/** The same fix with the line endings of its files: in a file that ends its lines with `\r\n`, so do the new ones. */
export function withLineEndings(fix: SuggestedFix, textOf: (path: string) => string | undefined): SuggestedFix {
  const files = fix.files.map(({ path, edits }) => {
    if (!usesCrLf(textOf(path) ?? '')) return { path, edits };
    return {
      path,
      edits: edits.map((edit): TextEdit => ({ range: edit.range, newText: edit.newText.replace(/\r?\n/g, '\r\n') })),
    };
  });
  return { ...fix, files };
}

function usesCrLf(text: string): boolean {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r';
}

function refused(reason: string): FixRefusal {
  return { kind: 'refused', reason };
}
