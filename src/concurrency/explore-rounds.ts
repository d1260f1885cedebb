/** One entry, searched several times: briefly, with more states, with more goroutines, with more rounds of its loops. */
import { briefly, manyGoroutines, type Spending } from './explore-budget.ts';
import type { Budget, SearchResult } from './leak.ts';
import type { KeptSlice } from './workspace.ts';

/** Searches the program of a slice; `many` is how often a loop may run to fill channels, absent for two rounds. */
export type Round = (budget: Budget, many?: number) => SearchResult;

/**
 * Within the budget of the package. Nearly every search that comes to an end does so soon: most entries get a small
 * part of the budget, and a few that it is too small for the whole. Again with many goroutines when it was only them
 * that were too many.
 */
export function searchSlice(slice: KeptSlice, spending: Spending, open: Partial<Budget>, round: Round): SearchResult {
  return withManyRounds(slice, (many) => {
    const explore = (more: Partial<Budget>) => spending.count(round(spending.affordable({ ...open, ...more }), many));
    const brief = explore(briefly(spending.budget));
    const result = spending.isWorthMore(brief) ? explore({}) : brief;
    if (result.crowded !== true || isSure(result) || spending.isUsedUp) return result;
    const again = explore(manyGoroutines);
    return isSure(again) ? again : result;
  });
}

/** A brief search, on the account of narrow ones. */
export function searchNarrowly(
  slice: KeptSlice,
  spending: Spending,
  open: Partial<Budget>,
  round: Round,
): SearchResult {
  const budget = { ...spending.budget, ...briefly(spending.budget), ...open };
  return withManyRounds(slice, (many) => spending.count(round(budget, many), 'narrow'));
}

/** More rounds than two take many more states: they are tried where two were decided and left nobody stuck. */
function withManyRounds({ facts: { many } }: KeptSlice, run: (many?: number) => SearchResult): SearchResult {
  const few = run();
  if (many === undefined || few.exhausted !== undefined || isSure(few)) return few;
  const more = run(many);
  return isSure(more) ? more : few;
}

/** Whether something is stuck whatever the outside does, and plausibly so. */
function isSure({ leaks }: SearchResult): boolean {
  return leaks.some((leak) => !leak.outsider && leak.weight !== 'silent');
}

/** Whether a search came into code of an imported package. One that did not would go the same way without that code. */
export function ranImported({ entered }: SearchResult): boolean {
  for (const ref of entered) if (ref.imported === true) return true;
  return false;
}
