/**
 * What people made of our comments, once a pull request is closed: one fate for each comment, however many findings it said,
 * and the reactions on it. No person is named.
 */
import type { Remembered } from './memory.ts';
import { hasSuggestion, holdsSuggestion } from './suggested-text.ts';

/**
 * `applied`: gone, and the code has our suggestion; `fixed`: gone otherwise; `silenced`: by a directive in the source;
 * `dismissed`: by a command, by resolving or hiding the thread, or by deleting the comment; `left`: still there at the end.
 * Of several findings in one comment the last in this order decides.
 */
export const fates = ['applied', 'fixed', 'silenced', 'dismissed', 'left'] as const;
export type Fate = (typeof fates)[number];

export interface CommentFeedback {
  /** Of its first finding, which is its worst. */
  readonly rule: string;
  readonly fate: Fate;
  /** Reactions on it that approve, and that disapprove. */
  readonly up: number;
  readonly down: number;
}

/** The end of one pull request; a later end, after it was opened again, takes the place of an earlier one. */
export interface PullFeedback {
  /** `owner/name#7` */
  readonly pull: string;
  readonly merged: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly comments: readonly CommentFeedback[];
}

/** Comments of one pull request that are recorded. */
const maxComments = 500;

/** What is known when a pull request is closed. `fileAtEnd` is the text of a file at its last head, where it was read. */
export function feedbackOf(
  told: readonly Remembered[],
  fileAtEnd: (path: string) => string | undefined,
): readonly CommentFeedback[] {
  const byComment = new Map<string, [Remembered, ...Remembered[]]>();
  for (const one of told) {
    // What no comment ever said, nobody could answer.
    if (one.state.kind === 'listed') continue;
    const known = byComment.get(commentOf(one));
    if (known) known.push(one);
    else byComment.set(commentOf(one), [one]);
  }
  return [...byComment.values()].slice(0, maxComments).map((all) => {
    const [{ mark, comment }] = all;
    const { up = 0, down = 0 } = comment?.reactions ?? {};
    const at = Math.max(...all.map((one) => fates.indexOf(fateOf(one, fileAtEnd))));
    return { rule: mark.rule, fate: fates[at] ?? 'left', up, down };
  });
}

/** Of a comment that was deleted, what its review remembers: findings of one function shared it. */
function commentOf({ comment, reviewId, mark }: Remembered): string {
  return comment ? String(comment.id) : JSON.stringify([reviewId, mark.path, mark.structure?.function]);
}

function fateOf(told: Remembered, fileAtEnd: (path: string) => string | undefined): Fate {
  const { state } = told;
  if (state.kind === 'fixed') return state.applied === true ? 'applied' : 'fixed';
  if (state.kind === 'silenced') return 'silenced';
  // The last commit of a pull request may be merged before it was reviewed.
  if (isApplied(told, fileAtEnd)) return 'applied';
  return state.kind === 'dismissed' ? 'dismissed' : 'left';
}

/** Files whose text at the end decides, since a suggestion for them is open. */
export function openSuggestions(told: readonly Remembered[]): readonly string[] {
  const open = told.filter(
    ({ state, comment }) => state.kind !== 'fixed' && state.kind !== 'silenced' && hasSuggestion(comment?.body ?? ''),
  );
  return [...new Set(open.flatMap(({ comment }) => comment?.path ?? []))];
}

/**
 * Whether the suggestion for a finding was committed: the file has its lines. Where that cannot be told, a thread that was
 * resolved speaks for it, since GitHub resolves it with the click.
 */
export function isApplied({ comment, state }: Remembered, textOf: (path: string) => string | undefined): boolean {
  if (!comment || !hasSuggestion(comment.body)) return false;
  const text = textOf(comment.path);
  const held = text === undefined ? 'unknown' : holdsSuggestion(comment.body, text);
  return held === 'unknown' ? state.kind === 'dismissed' && state.how === 'resolved' : held;
}

/** Reads one back, from a store or from a process that is not trusted; undefined when it is none. */
export function decodeFeedback(value: unknown): PullFeedback | undefined {
  if (!isRecord(value)) return undefined;
  const { pull, merged, at, comments } = value;
  if (typeof pull !== 'string' || typeof at !== 'number' || !Array.isArray(comments)) return undefined;
  const read = comments.slice(0, maxComments).flatMap((one) => decodeComment(one) ?? []);
  return { pull: pull.slice(0, 200), merged: merged === true, at, comments: read };
}

function decodeComment(value: unknown): CommentFeedback | undefined {
  if (!isRecord(value)) return undefined;
  const { rule, up, down } = value;
  const fate = fates.find((one) => one === value['fate']);
  if (typeof rule !== 'string' || !/^[a-z][a-z0-9-]{0,60}$/.test(rule) || !fate) return undefined;
  return { rule, fate, up: countOf(up), down: countOf(down) };
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
