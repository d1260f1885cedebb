/** One entry, searched several times: briefly, with more states, with more goroutines, with more rounds of its loops. */
import { briefly, manyGoroutines, type Spending } from './explore-budget.ts';
import type { Hint, Program } from './ir.ts';
import type { Budget, SearchResult } from './leak.ts';
import { type Judge, search } from './machine/search.ts';
import type { Slice } from './relevance/slice.ts';

/**
 * Within the budget of the package. Nearly every search that comes to an end does so soon: most entries get a small
 * part of the budget, and a few that it is too small for the whole. Again with many goroutines when it was only them
 * that were too many.
 */
export function searchSlice(
  slice: Slice,
  hints: readonly Hint[],
  spending: Spending,
  open: Partial<Budget>,
  judge: Judge,
): SearchResult {
  return withManyRounds(slice, hints, (program) => {
    const explore = (more: Partial<Budget>) =>
      spending.count(search(program, spending.affordable({ ...open, ...more }), judge));
    const brief = explore(briefly(spending.budget));
    const result = spending.isWorthMore(brief) ? explore({}) : brief;
    if (result.crowded !== true || isSure(result) || spending.isUsedUp) return result;
    const again = explore(manyGoroutines);
    return isSure(again) ? again : result;
  });
}

/** A brief search, on the account of narrow ones. */
export function searchNarrowly(
  slice: Slice,
  hints: readonly Hint[],
  spending: Spending,
  open: Partial<Budget>,
  judge: Judge,
): SearchResult {
  const budget = { ...spending.budget, ...briefly(spending.budget), ...open };
  return withManyRounds(slice, hints, (program) => spending.count(search(program, budget, judge), 'narrow'));
}

/** More rounds than two take many more states: they are tried where two were decided and left nobody stuck. */
function withManyRounds(
  { entry, method, many }: Slice,
  entryHints: readonly Hint[],
  run: (program: Program) => SearchResult,
): SearchResult {
  const few = run({ entry, entryHints, method });
  if (many === undefined || few.exhausted !== undefined || isSure(few)) return few;
  const more = run({ entry, entryHints, method, many });
  return isSure(more) ? more : few;
}

/** Whether something is stuck whatever the outside does, and plausibly so. */
function isSure({ leaks }: SearchResult): boolean {
  return leaks.some((leak) => !leak.outsider && leak.weight !== 'silent');
}
