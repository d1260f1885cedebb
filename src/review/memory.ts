/**
 * What a pull request remembers of our findings: each has one state, read from the markers of our reviews and comments
 * and from what people did to them.
 *
 * 1. A comment with our marker is open, unless the marker, its thread or its being hidden says otherwise.
 * 2. A review's marker repeats what its comments said. What no comment says any more was deleted by a person, which is a
 *    way to dismiss it. A comment that has lost its marker stands for one of its review's findings of the same file.
 */
import type { Conversation, ExistingComment } from './conversation.ts';
import { type MarkedFinding, type Marker, readMarker } from './marker.ts';

/** How a person dismissed a finding. */
export interface Dismissal {
  readonly kind: 'dismissed';
  readonly how: 'ignored' | 'resolved' | 'hidden' | 'deleted';
  /** Login, when it is known. */
  readonly by?: string;
  readonly reason?: string;
}

export type FindingState =
  | { readonly kind: 'open' }
  | { readonly kind: 'listed' }
  | { readonly kind: 'fixed'; readonly sha: string; readonly applied?: true }
  | { readonly kind: 'silenced'; readonly sha: string }
  | Dismissal;

/** One finding that was said. */
export interface Remembered {
  readonly mark: MarkedFinding;
  readonly state: FindingState;
  /** Absent when the comment was deleted, or never made. */
  readonly comment?: ExistingComment;
  /** The review whose marker holds it, when no comment's marker does. */
  readonly reviewId?: number;
}

/** Everything that was said, oldest first. */
export function remember(conversation: Conversation): readonly Remembered[] {
  const bare = new Set<ExistingComment>();
  const said = conversation.comments.flatMap((comment): readonly Remembered[] => {
    const marker = readMarker(comment.body);
    if (!marker) bare.add(comment);
    return (marker?.findings ?? []).map((mark) => ({ mark, comment, state: commentState(mark, comment) }));
  });
  const known = new Set(said.map(({ mark }) => keyOf(mark)));
  const rest = conversation.reviews.flatMap(({ id, body }) =>
    ofReview(id, readMarker(body), known, bare, conversation.complete),
  );
  return [...said, ...rest];
}

function ofReview(
  reviewId: number,
  marker: Marker | undefined,
  known: Set<string>,
  bare: Set<ExistingComment>,
  complete: boolean,
): readonly Remembered[] {
  return (marker?.findings ?? []).flatMap((mark): readonly Remembered[] => {
    if (known.has(keyOf(mark))) return [];
    const comment = [...bare].find((one) => one.reviewId === reviewId && one.path === (mark.path ?? one.path));
    if (comment) {
      bare.delete(comment);
      known.add(keyOf(mark));
      return [{ mark, reviewId, comment, state: commentState(mark, comment) }];
    }
    const state = reviewState(mark, complete);
    // What was reopened is as if it had never been said.
    if (!state) return [];
    known.add(keyOf(mark));
    return [{ mark, reviewId, state }];
  });
}

/** A finding is named by rule and first fingerprint. */
export function keyOf({ rule, fingerprint }: Pick<MarkedFinding, 'rule' | 'fingerprint'>): string {
  return `${rule} ${fingerprint}`;
}

function commentState({ state }: MarkedFinding, { thread, hidden }: ExistingComment): FindingState {
  if (state?.kind === 'ignored') return { kind: 'dismissed', how: 'ignored', by: state.by, reason: state.reason };
  if (state?.kind === 'fixed' || state?.kind === 'silenced' || state?.kind === 'listed') return state;
  if (state?.kind === 'reopened') return { kind: 'open' };
  // The author may resolve threads of the own pull request; whether the change passes is not theirs to decide.
  if (thread?.isResolved && thread.byWriter === false) return { kind: 'open' };
  if (thread?.isResolved)
    return { kind: 'dismissed', how: 'resolved', ...(thread.resolvedBy !== undefined && { by: thread.resolvedBy }) };
  return hidden ? { kind: 'dismissed', how: 'hidden' } : { kind: 'open' };
}

function reviewState({ state }: MarkedFinding, complete: boolean): FindingState | undefined {
  if (state?.kind === 'listed' || state?.kind === 'fixed' || state?.kind === 'silenced') return state;
  if (state?.kind === 'reopened' || !complete) return undefined;
  return { kind: 'dismissed', how: 'deleted' };
}
