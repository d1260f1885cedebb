/** What is fuzzed: a part of the program, the inputs that are tried on it, and what has to hold for each. */
import type { Arbitrary } from 'fast-check';

export interface Target<T = never> {
  readonly name: string;
  /** How much of the time of a run it gets, beside the others. */
  readonly weight: number;
  /** Values that JSON can hold, so that a failing one can be kept as a file. */
  readonly inputs: Arbitrary<T>;
  /** Throws when something does not hold. */
  readonly check: (input: T) => void | Promise<void>;
}

/** A target whose input type is forgotten: the inputs it is given are its own, or files of its corpus. */
export interface AnyTarget {
  readonly name: string;
  readonly weight: number;
  readonly inputs: Arbitrary<unknown>;
  readonly check: (input: unknown) => void | Promise<void>;
}

/** Forgets the input type of a target. */
export function anyTarget<T>({ check, ...target }: Target<T>): AnyTarget {
  return { ...target, check: (input) => check(input as T) };
}

/** Throws with a sentence unless something holds. */
export function must(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(sentence);
}
