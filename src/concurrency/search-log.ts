/** What an exploration tells of its searches while it goes on, for those who want to see inside. */
import type { Spending } from './explore-budget.ts';
import type { CodeRef } from './ir.ts';
import type { Leak, SearchResult } from './leak.ts';
import type { Slice } from './relevance/slice.ts';

/**
 * What one search saw of a function: all that it may reach (`program`); the same without the packages that are imported
 * (`package`); only who has to do with what it makes (`made`), with what its own text makes (`own`), and its own text alone
 * (`text`); the functions that it hands to code which cannot be seen (`callbacks`); buffers that somebody else has filled
 * (`buffers`); the methods of a type, called in an order that it does not forbid (`contract`).
 */
export type Rung = 'program' | 'package' | 'made' | 'own' | 'text' | 'callbacks' | 'buffers' | 'contract';

/** One search of one entry. */
export interface LoggedSearch {
  readonly rung: Rung;
  readonly entry: CodeRef;
  /** Instructions that the entry may reach, and those that are left of them; absent where nothing was sliced. */
  readonly instructions?: { readonly before: number; readonly after: number };
  /** Absent when nothing was searched: because of `reason`, or because nothing is left that could be stuck. */
  readonly result?: SearchResult;
  /** Why a leak of the result is left out whatever it is worth: this search cannot know of it. */
  readonly leftOut?: (leak: Leak) => string | undefined;
  readonly states: number;
  readonly transitions: number;
  /** Why it did not come to an end. */
  readonly reason?: string;
}

export type SearchLog = (search: LoggedSearch) => void;

/** Tells a log, if there is one, of searches and of what they cost. */
export class SearchRecorder {
  readonly #spending: Spending;
  readonly #log: SearchLog | undefined;

  constructor(spending: Spending, log: SearchLog | undefined) {
    this.#spending = spending;
    this.#log = log;
  }

  run(
    rung: Rung,
    entry: CodeRef,
    slice: Sizes | undefined,
    run: () => SearchResult,
    leftOut?: LoggedSearch['leftOut'],
  ): SearchResult {
    const { states, transitions } = this.#spending;
    const result = run();
    if (!this.#log) return result;
    const spent = { states: this.#spending.states - states, transitions: this.#spending.transitions - transitions };
    const reason = result.exhausted === undefined ? {} : { reason: result.reason ?? result.exhausted };
    this.#log({ rung, entry, ...sizesOf(slice), result, ...spent, ...reason, ...(leftOut ? { leftOut } : {}) });
    return result;
  }

  /** Nothing was searched: for a reason, or because nothing can be stuck. */
  skipped(entry: CodeRef, slice: Sizes | undefined, reason?: string): void {
    const why = reason === undefined ? {} : { reason };
    this.#log?.({ rung: 'program', entry, ...sizesOf(slice), states: 0, transitions: 0, ...why });
  }
}

/** What is told of a slice. */
type Sizes = Pick<Slice, 'seen' | 'size'>;

function sizesOf(slice: Sizes | undefined): Pick<LoggedSearch, 'instructions'> {
  return slice === undefined ? {} : { instructions: { before: slice.seen, after: slice.size } };
}
