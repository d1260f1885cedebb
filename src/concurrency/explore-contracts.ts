/** Searches what the types of a package promise: each contract as a whole first, then smaller where that is too much. */
import type { ContractSearch } from './contracts/contract-search.ts';
import type { Undecided } from './explore.ts';
import { briefly, type Spending } from './explore-budget.ts';
import type { FoundLeaks } from './explore-leaks.ts';
import type { Budget, Leak } from './leak.ts';
import { type Judge, search } from './machine/search.ts';
import type { SearchRecorder } from './search-log.ts';

type Outcome = { readonly kind: 'found' | 'nothing' } | { readonly kind: 'undecided'; readonly reason: string };

interface Account {
  readonly spending: Spending;
  readonly recorder: SearchRecorder;
  readonly found: FoundLeaks;
  readonly undecided: Undecided[];
}

export class ContractExploration {
  readonly #spending: Spending;
  readonly #recorder: SearchRecorder;
  readonly #judge: Judge;
  readonly #found: FoundLeaks;
  readonly #undecided: Undecided[];

  /** What it finds goes to `found` and `undecided` at once, as it may be ended at any time. */
  constructor({ spending, recorder, found, undecided }: Account, judge: Judge) {
    this.#spending = spending;
    this.#recorder = recorder;
    this.#found = found;
    this.#undecided = undecided;
    this.#judge = judge;
  }

  /** A contract whose last search found nothing and did not come to an end is undecided. */
  run(contract: ContractSearch, budget: Partial<Budget> = briefly(this.#spending.budget)): void {
    const { isUsedUp } = this.#spending;
    const outcome: Outcome = isUsedUp
      ? { kind: 'undecided', reason: 'the budget of the package is used up' }
      : this.#search(contract, budget);
    if (outcome.kind === 'found') return;
    const next = isUsedUp ? undefined : outcome.kind === 'nothing' ? contract.focused() : contract.smaller();
    if (next) {
      this.run(next, {});
      next.release();
    } else if (outcome.kind === 'undecided')
      this.#undecided.push({ entry: contract.entry, reason: `contract of its type: ${outcome.reason}` });
  }

  #search({ entry, program, unsearched, breaches }: ContractSearch, budget: Partial<Budget>): Outcome {
    if (unsearched !== undefined) return { kind: 'undecided', reason: unsearched };
    const wanted = this.#spending.affordable({ ...budget, fullBuffers: true });
    let leaks: readonly Leak[] = [];
    const result = this.#recorder.run('contract', entry, undefined, () => {
      const found = this.#spending.count(search(program, wanted));
      leaks = breaches(found).map(this.#judge);
      return { ...found, leaks };
    });
    this.#spending.entries += 1;
    this.#found.addAll(leaks, entry);
    if (leaks.some(({ weight }) => weight !== 'silent')) return { kind: 'found' };
    if (result.exhausted === undefined) return { kind: 'nothing' };
    return { kind: 'undecided', reason: result.reason ?? result.exhausted };
  }
}
