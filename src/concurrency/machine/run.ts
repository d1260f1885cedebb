/** What the parts of the machine share while one step is computed. */

import type { CodeRef, Program } from '../ir.ts';
import type { Budget, SearchResult } from '../leak.ts';
import type { CalleeKind } from './callees.ts';
import type { State } from './state.ts';
import type { Sym, Symbolic, Value } from './value.ts';

export interface Machine {
  readonly program: Program;
  readonly budget: Budget;
  /** Largest result of integer arithmetic that is counted exactly. */
  readonly largest: (code: object) => number;
  /** How unseen code is taken to call the functions it is given; off: not at all. */
  readonly callbacks: 'off' | 'during' | 'later';
  /** Kinds of unseen callees that were given a function which uses a channel made here. */
  readonly handed: Set<CalleeKind>;
  /** Codes that ran, as they were before they were cut to what a search needs. */
  readonly entered: Set<CodeRef>;
  /** Symbols of `unknown` instructions with a key. */
  readonly lasting: Map<string, Sym>;
  /** Instructions run so far, in the measure of `Budget.instructions`. */
  ran: number;
  /** Why some paths were not followed to their end; the first reason wins. */
  cut: { readonly exhausted: NonNullable<SearchResult['exhausted']>; readonly reason: string } | undefined;
}

/** The ways to go on when an answer is not known: `about` becomes each of `answers`, and the instruction runs again. */
export interface Fork {
  readonly about: Symbolic;
  readonly answers: readonly Value[];
}

/** One step being computed on a state that the step owns. A handler that sets `fork` or `dropped` has changed nothing else. */
export interface Run {
  readonly machine: Machine;
  readonly state: State;
  fork: Fork | undefined;
  /** The path is given up: it cannot be followed, or it would blame the program for what the outside chose. */
  dropped: boolean;
}

/** Gives the path up and says that the search is not complete. */
export function cutPath(run: Run, exhausted: NonNullable<SearchResult['exhausted']>, reason: string): void {
  run.dropped = true;
  run.machine.cut ??= { exhausted, reason };
}

/** Whether the handler must leave at once, because an answer is missing or the path was given up. */
export function interrupted(run: Run): boolean {
  return run.fork !== undefined || run.dropped;
}
