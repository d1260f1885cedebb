/**
 * What has to be so for a leak to come about, beyond time: each witness rests on none, or on some of these. How much a kind of
 * assumption takes from a leak is a fact of this table, and of nothing else.
 */
import type { Weight } from '../../../concurrency/leak.ts';
import type { SourceSite } from '../operation.ts';

export type AssumptionKind =
  // Numbers that a search chooses and the author knows.
  | 'empty-length'
  | 'empty-input'
  | 'unequal-lengths'
  | 'unequal-counts'
  | 'unreached-count'
  | 'no-worker'
  | 'wrong-measure'
  | 'uncounted-work'
  | 'token-not-taken'
  | 'full-buffer'
  // Values that a search chooses and the author knows.
  | 'no-case-holds'
  | 'nil-value'
  | 'nil-by-contract'
  | 'unmade-element'
  | 'same-element'
  | 'two-answers'
  | 'unknown-history'
  // What other code does.
  | 'panic'
  | 'late-turn'
  | 'second-reply'
  | 'second-call'
  | 'refused-callback'
  | 'kept-callback'
  | 'outside-acts'
  | 'ended-by-itself'
  | 'outside-reads-on'
  | 'outside-leaves'
  // How long the program goes on.
  | 'meant-to-wait'
  | 'meant-to-last'
  | 'outlives-main'
  | 'command-goes-on'
  // Tests.
  | 'test-arranges'
  | 'test-ends-early'
  | 'test-fails'
  | 'test-fills'
  | 'test-code';

/** One assumption that a witness rests on. */
export interface Assumption {
  readonly kind: AssumptionKind;
  /** As a clause: `xs` is empty. */
  readonly text: string;
  /** Where it is made. */
  readonly place?: SourceSite;
  /** The message says it as its condition: "If `xs` is empty, ...". */
  readonly told?: true;
}

/** What a leak is worth that rests on an assumption of a kind; one that rests on none is an error. */
export const WEIGHTS: Readonly<Record<AssumptionKind, Exclude<Weight, 'error'>>> = {
  'empty-length': 'warning',
  // Such functions are not called with an empty input.
  'empty-input': 'silent',
  'unequal-lengths': 'warning',
  // Numbers that are computed, and counters, hang together in ways that a search does not see.
  'unequal-counts': 'silent',
  'unreached-count': 'silent',
  'no-worker': 'silent',
  'wrong-measure': 'silent',
  'uncounted-work': 'silent',
  'token-not-taken': 'silent',
  'full-buffer': 'warning',
  'no-case-holds': 'silent',
  'nil-value': 'silent',
  'nil-by-contract': 'silent',
  'unmade-element': 'silent',
  'same-element': 'silent',
  'two-answers': 'silent',
  'unknown-history': 'silent',
  panic: 'warning',
  'late-turn': 'silent',
  'second-reply': 'silent',
  'second-call': 'silent',
  'refused-callback': 'silent',
  'kept-callback': 'silent',
  'outside-acts': 'silent',
  'ended-by-itself': 'silent',
  'outside-reads-on': 'silent',
  'outside-leaves': 'warning',
  'meant-to-wait': 'silent',
  'meant-to-last': 'warning',
  'outlives-main': 'silent',
  'command-goes-on': 'warning',
  'test-arranges': 'silent',
  'test-ends-early': 'silent',
  // It is told anyway, and ends with the process.
  'test-fails': 'silent',
  // Its author has chosen the values as well as the room for them.
  'test-fills': 'silent',
  'test-code': 'warning',
};
