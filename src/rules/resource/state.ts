/** What may be true of a resource at one place of a function. */
import type { Binding } from '../../go/package.ts';

/** Not acquired yet. */
export const absent = 1;
export const held = 2;
/** Its ending said that nothing is left to release. */
export const over = 4;
/** Released or handed on. */
export const settled = 8;
/** The call that acquires it failed: there is nothing to release. */
export const failed = 16;
/** Held since an earlier round of a loop that acquires it again. */
export const stale = 32;
/** A condition has told success from failure on the way here. */
export const checked = 64;

/** Somebody has to release it. */
export const live = held | stale;
/** There was nothing to release. */
export const none = absent | failed;

/** A variable whose value says whether there is something to release. */
export interface Link {
  readonly error: Binding;
  /** `acquired`: not nil means that nothing was acquired; `ended`: not nil means that it is over. */
  readonly says: 'acquired' | 'ended';
}

export interface State {
  /** A union of the bits above. */
  readonly bits: number;
  readonly link?: Link;
}

/** Two ways that meet; undefined is a way that does not come here. A link that only one of them has is kept when the
 *  other has nothing to release. */
export function join(a: State | undefined, b: State | undefined): State | undefined {
  if (!a || !b) return a ?? b;
  const link = sameLink(a.link, b.link) || (b.bits & live) === 0 ? a.link : (a.bits & live) === 0 ? b.link : undefined;
  const bits = a.bits | b.bits;
  if (bits === a.bits && link === a.link) return a;
  return link ? { bits, link } : { bits };
}

function sameLink(a: Link | undefined, b: Link | undefined): boolean {
  return a?.error === b?.error && a?.says === b?.says;
}

export function withBits(state: State, bits: number): State {
  return state.link ? { bits, link: state.link } : { bits };
}

/** The state without some bits; undefined when none is left: nobody comes this way. */
export function without(state: State, bits: number): State | undefined {
  const left = state.bits & ~bits;
  return (left & ~checked) === 0 ? undefined : withBits(state, left);
}

/**
 * As the next round of a loop that acquires it again finds it. Only what this path holds for sure is held still: what may
 * have been released or not acquired hangs together with conditions that the walk does not tell apart.
 */
export function nextRound(state: State): State {
  const { bits } = state;
  if ((bits & live) === 0) return withBits(state, absent);
  return isSurelyHeld(state) ? withBits(state, (bits & ~live) | stale) : state;
}

/** On each way here it was acquired and not released, or, where a condition tells the two apart, not acquired by a failure. */
export function isSurelyHeld({ bits }: State): boolean {
  if ((bits & live) === 0 || (bits & (absent | over | settled)) !== 0) return false;
  return (bits & failed) === 0 || (bits & checked) !== 0;
}

/** What was held is something else now. */
export function turned(state: State, into: number): State {
  return (state.bits & live) === 0 ? state : withBits(state, (state.bits & ~live) | into);
}
