/** What a review adds to the figures of a service: names of rules, one for each event. */
import type { SnapshotReview } from './finding.ts';
import type { Outcome } from './standing.ts';

export interface Tally {
  /** Said for the first time. */
  readonly found: readonly { readonly rule: string; readonly severity: string }[];
  /** Gone at this head for the first time. */
  readonly fixed: readonly string[];
  /** Of these: repaired by a suggestion of ours, as far as that can be seen. */
  readonly applied: readonly string[];
  readonly dismissed: readonly string[];
}

/** Events of one review, at most; a service counts, it does not list. */
const most = 1_000;

/** `fresh` are the findings that nobody was told of before. */
export function tallyOf(fresh: SnapshotReview['groups'], outcomes: readonly Outcome[]): Tally {
  const gone = outcomes.filter(({ told, state }) => state.kind === 'fixed' && told.state.kind !== 'fixed');
  return {
    found: fresh
      .flatMap(({ findings }) => findings.map(({ diagnostic: { rule, severity } }) => ({ rule, severity })))
      .slice(0, most),
    fixed: gone.map(({ told }) => told.mark.rule).slice(0, most),
    applied: gone
      .filter(({ state }) => state.kind === 'fixed' && state.applied === true)
      .map(({ told }) => told.mark.rule)
      .slice(0, most),
    dismissed: [],
  };
}
