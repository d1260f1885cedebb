/** How a verified fix is handed over: one click, a diff to apply, or not at all. */
import type { SuggestedFix } from '../analysis/diagnostic.ts';
import { applyFix } from '../analysis/edits.ts';
import { suggestionOf } from '../analysis/suggestion.ts';
import { unifiedDiff } from '../text/diff.ts';
import { LineIndex } from '../text/line-index.ts';
import { type ChangeMap, hunkOfRange } from './change-map.ts';
import type { FixOffer } from './finding.ts';

export type TextOf = (path: string) => string | undefined;

/** Longer suggestions and patches are not read in a comment. UTF-16 units. */
const maxSuggestion = 8_000;
const maxPatch = 30_000;

/**
 * The offer for a verified fix of the head texts: a suggestion when its edits are one range of whole lines inside one
 * hunk (and `oneClick`), else a unified diff.
 */
export function offerOf(fix: SuggestedFix, changes: ChangeMap, textOf: TextOf, oneClick: boolean): FixOffer {
  if (!fix.verified) return { kind: 'none', reason: 'the fix was not verified' };
  return (oneClick ? suggestionOffer(fix, changes, textOf) : undefined) ?? patchOffer(fix, textOf);
}

/** The same fix as a unified diff against head. */
export function patchOffer(fix: SuggestedFix, textOf: TextOf): FixOffer {
  const patched = applyFix(fix, textOf);
  if ('kind' in patched) return { kind: 'none', reason: patched.reason as string };
  const files = [...patched.entries()].map(([path, newText]) => ({ path, oldText: textOf(path) ?? '', newText }));
  const diff = unifiedDiff(files);
  if (diff.length > maxPatch) return { kind: 'none', reason: 'the fix is too long for a comment' };
  return { kind: 'patch', message: fix.message, diff };
}

function suggestionOffer(fix: SuggestedFix, changes: ChangeMap, textOf: TextOf): FixOffer | undefined {
  const path = fix.files[0]?.path;
  const text = path === undefined ? undefined : textOf(path);
  if (path === undefined || text === undefined) return undefined;
  const right = changes.get(path)?.right;
  const suggestion = suggestionOf(fix, text, (line) => right?.has(line) === true);
  if (!suggestion || suggestion.replacement.length > maxSuggestion) return undefined;
  const hunk = hunkOfRange(changes, path, suggestion.startLine, suggestion.endLine);
  if (hunk === undefined) return undefined;
  const lines = new LineIndex(text);
  const [start, end] = [lines.lineStart(suggestion.startLine), lines.lineEnd(suggestion.endLine)];
  // GitHub ends every suggested line with a newline; a last line without one could not be given back as it was.
  if (text[end - 1] !== '\n') return undefined;
  const ending = text[end - 2] === '\r' ? '\r\n' : '\n';
  const block = suggestion.deletes ? '' : suggestion.replacement + ending;
  // The proof, whatever the edits did to line endings: pressing the button gives the verified text.
  if (text.slice(0, start) + block + text.slice(end) !== patchedText(fix, path, text)) return undefined;
  return {
    kind: 'suggestion',
    message: fix.message,
    path,
    startLine: suggestion.startLine,
    endLine: suggestion.endLine,
    hunk,
    replacement: suggestion.deletes ? undefined : suggestion.replacement,
    ending,
  };
}

function patchedText(fix: SuggestedFix, path: string, text: string): string | undefined {
  const patched = applyFix(fix, (asked) => (asked === path ? text : undefined));
  return 'kind' in patched ? undefined : patched.get(path);
}
