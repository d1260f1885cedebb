/**
 * Finding again what was said. Between two heads a folder, a file or a function may be renamed, a statement edited,
 * history rewritten; what was said is looked for by ever weaker likenesses, each told finding answering for at most one
 * of the present and each present one claimed once. Path and function name are hints: they decide only together with
 * the code or the message.
 */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import { stemOf } from '../analysis/fingerprint.ts';
import { type MarkedFinding, marked } from './marker.ts';
import type { FindingState, Remembered } from './memory.ts';

interface Likeness {
  /** What both sides must have in common; undefined when a side cannot tell. */
  readonly key: (mark: MarkedFinding) => readonly (string | undefined)[];
  /** Only when nothing else on either side has the same key. */
  readonly unique?: boolean;
  /** States that so weak a likeness carries over; absent = all. */
  readonly states?: ReadonlySet<FindingState['kind']>;
}

const lasting: ReadonlySet<FindingState['kind']> = new Set(['open', 'dismissed', 'listed']);

const likenesses: readonly Likeness[] = [
  { key: ({ rule, fingerprint }) => [rule, fingerprint] },
  // The folder was renamed.
  { key: ({ rule, structure }) => [rule, structure?.code, structure?.function] },
  // The function was renamed, or moved to another file.
  { key: ({ rule, structure }) => [rule, structure?.code, structure?.body || undefined] },
  // Names in the function changed, and nothing else.
  {
    key: ({ rule, structure }) => [rule, structure?.outline || undefined, structure?.body || undefined],
    states: lasting,
  },
  // A block inside the statement was edited.
  { key: ({ rule, fingerprint }) => [rule, stemOf(fingerprint)] },
  { key: ({ rule, structure }) => [rule, structure?.shape, structure?.function], states: lasting },
  // The function was renamed and edited.
  { key: ({ rule, structure, path }) => [rule, structure?.code, path], states: lasting },
  { key: ({ rule, structure }) => [rule, structure?.code], unique: true, states: lasting },
  // The statement was edited, and what is said of it is the same.
  { key: ({ rule, structure, message }) => [rule, structure?.function, message], states: lasting },
  // Names in the statement changed while the function was edited. What was dismissed was another statement.
  {
    key: ({ rule, structure }) => [rule, structure?.outline || undefined, structure?.function],
    states: new Set(['open', 'listed']),
  },
  // The statement was edited so far that the message changed.
  {
    key: ({ rule, structure, path }) => [rule, structure?.function, path],
    unique: true,
    states: new Set(['open', 'listed']),
  },
];

/** Open ones claim first: what is fixed may answer only for what nobody else does. */
const order: readonly FindingState['kind'][] = ['open', 'dismissed', 'listed', 'silenced', 'fixed'];

/** Pairs present diagnostics with what was said of them. */
export function recognise(
  told: readonly Remembered[],
  present: readonly Diagnostic[],
): ReadonlyMap<Diagnostic, Remembered> {
  const spare = new Set([...told].sort((a, b) => order.indexOf(a.state.kind) - order.indexOf(b.state.kind)));
  const waiting = new Set(present);
  const pairs = new Map<Diagnostic, Remembered>();
  for (const likeness of likenesses) {
    const before = keyed([...spare], ({ mark }) => mark, likeness);
    const now = keyed([...waiting], (diagnostic) => marked(diagnostic), likeness);
    for (const [key, diagnostics] of now) {
      const candidates = before.get(key) ?? [];
      if (likeness.unique && (candidates.length !== 1 || diagnostics.length !== 1)) continue;
      const usable = candidates.filter(({ state }) => likeness.states?.has(state.kind) ?? true);
      for (const [at, diagnostic] of diagnostics.entries()) {
        const partner = usable[at];
        if (!partner) break;
        pairs.set(diagnostic, partner);
        spare.delete(partner);
        waiting.delete(diagnostic);
      }
    }
  }
  return pairs;
}

function keyed<T>(items: readonly T[], markOf: (item: T) => MarkedFinding, { key }: Likeness): Map<string, T[]> {
  const byKey = new Map<string, T[]>();
  for (const item of items) {
    const parts = key(markOf(item));
    if (parts.some((part) => part === undefined)) continue;
    const text = JSON.stringify(parts);
    byKey.set(text, [...(byKey.get(text) ?? []), item]);
  }
  return byKey;
}
