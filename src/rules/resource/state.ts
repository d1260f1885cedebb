/** What may be true of a resource at one place of a function. */
import type { Binding } from '../../go/package.ts';

/** Not acquired, or acquired with an error. */
export const absent = 1;
export const held = 2;
/** Its ending said that nothing is left to release. */
export const over = 4;
/** Released or handed on. */
export const settled = 8;

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
  const link = sameLink(a.link, b.link) || (b.bits & held) === 0 ? a.link : (a.bits & held) === 0 ? b.link : undefined;
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
  return left === 0 ? undefined : withBits(state, left);
}

/** What was held is something else now. */
export function turned(state: State, into: number): State {
  return (state.bits & held) === 0 ? state : withBits(state, (state.bits & ~held) | into);
}
