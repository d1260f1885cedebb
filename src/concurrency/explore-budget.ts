/** What the searches of one package may cost: each search by itself, and all of them together. Counted in states, never in time. */
import type { CodeRef } from './ir.ts';
import type { Budget, SearchResult } from './leak.ts';

export const defaultBudget: Budget = {
  states: 3_000,
  localSteps: 4_000,
  processes: 14,
  callDepth: 12,
  instructions: 60_000,
  outsideMayLeave: ['callback'],
};

export const defaultPackageStates = 40_000;

/** Enough for a goroutine per element of what tests and tools like to take a hundred of. */
export const manyGoroutines: Partial<Budget> = { processes: 112, instructions: 30_000 };

/** 99 of 100 searches that end at all need fewer states than this. */
const briefStates = 600;
const briefInstructions = 20_000;

/** So many entries of a package are searched with the whole budget when the brief search was not enough. */
const maxThorough = 4;

/** A search whose states take more instructions than this is charged for them: few states can be much work. */
const instructionsPerState = 150;

/** So many entries of a package may be exhausted, and one in so many of them; the smallest come first, so the rest is out of reach anyway. */
const maxExhausted = 64;
const exhaustedShare = 1 / 8;

/** States of narrow searches for each entry of a large package. */
const narrowStates = 24;

/** A small part of a budget. */
export function briefly(budget: Budget): Partial<Budget> {
  return {
    states: Math.min(budget.states, briefStates),
    instructions: Math.min(budget.instructions ?? briefInstructions, briefInstructions),
  };
}

/** The account of a package. */
export class Spending {
  readonly budget: Budget;
  /** Codes that some search has run. */
  readonly entered = new Set<CodeRef>();
  entries = 0;
  states = 0;
  transitions = 0;
  #left: number;
  /** Narrow searches have an account of their own: they come last, and would get nothing. */
  #leftNarrow: number;
  #exhausted = 0;
  #maxExhausted = maxExhausted;
  #thorough = 0;

  constructor(budget: Budget, packageStates: number) {
    this.budget = budget;
    this.#left = packageStates;
    this.#leftNarrow = packageStates / 2;
  }

  get isUsedUp(): boolean {
    return this.#left <= 0;
  }

  get isUsedUpForNarrow(): boolean {
    return this.#leftNarrow <= 0;
  }

  /** Too many entries came to no end: those that follow are larger. */
  get isHopeless(): boolean {
    return this.isUsedUp || this.#exhausted >= this.#maxExhausted;
  }

  /** So many entries are to be searched: each of a large package gets its part. */
  expect(entries: number): void {
    this.#maxExhausted = Math.max(maxExhausted, Math.ceil(entries * exhaustedShare));
    this.#leftNarrow = Math.max(this.#leftNarrow, entries * narrowStates);
  }

  /** A budget with changes, within what is left. */
  affordable(more: Partial<Budget>): Budget {
    return { ...this.budget, ...more, states: Math.min(more.states ?? this.budget.states, this.#left) };
  }

  /** An entry has been searched. */
  entry({ exhausted }: SearchResult): void {
    this.entries += 1;
    if (exhausted !== undefined) this.#exhausted += 1;
  }

  count(result: SearchResult, from?: 'narrow'): SearchResult {
    this.states += result.states;
    this.transitions += result.transitions;
    const cost = Math.max(result.states, Math.floor((result.instructions ?? 0) / instructionsPerState));
    if (from === 'narrow') this.#leftNarrow -= cost;
    else this.#left -= cost;
    for (const ref of result.entered) this.entered.add(ref);
    return result;
  }

  /** Whether a brief search is worth the whole budget; few of a package are. */
  isWorthMore(brief: SearchResult): boolean {
    if (brief.exhausted !== 'states' || this.isUsedUp || this.#thorough >= maxThorough) return false;
    this.#thorough += 1;
    return true;
  }
}
