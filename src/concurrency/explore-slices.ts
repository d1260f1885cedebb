/** The slices of the entries of one exploration: made to see which need a search, kept until their turn comes. */
import { bounded, workLeft } from '../work/meter.ts';
import type { ExploreOptions } from './explore.ts';
import type { CodeRef } from './ir.ts';
import type { Func, KeptSlice, Workspace } from './workspace.ts';

/** A function to search. */
export interface Task {
  readonly func: Func;
  readonly size: number;
}

/** Instructions behind the slices whose codes are kept at a time: some twenty megabytes. */
const largestKept = 100_000;

/** The part of the work of an exploration that all slices may take. Where every function reaches every other one, they grow with the square. */
const sliceShare = 1 / 3;

/** Steps that the slice of one entry may take; it is searched with those that take less. */
const workPerSlice = 1_500_000;

export class EntrySlices {
  readonly #workspace: Workspace;
  readonly #waiting = new Set<KeptSlice>();
  #weight = 0;
  /** Entries for which there was no slice any more. */
  readonly unsliced: CodeRef[] = [];

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /**
   * The entries that need a search, the smallest first, so that those that are out of reach do not use up the budget of
   * the others. Who does nothing but call another entry is left out.
   */
  tasks(funcs: readonly Func[], progress?: ExploreOptions['progress']): readonly Task[] {
    const leave = workLeft() * (1 - sliceShare);
    const tasks = funcs.flatMap((func, at) => {
      progress?.('slicing', at, funcs.length);
      const whole = this.#workspace.codeOf(func);
      const slice = workLeft() < leave ? 'unsliced' : this.#slice(func);
      if (slice === 'unsliced') this.unsliced.push(whole);
      if (slice === 'unsliced' || slice === undefined) return [];
      this.#keep(slice);
      const { relevant, size, forwardsTo } = slice.facts;
      return relevant ? [{ func, whole, size, forwardsTo }] : [];
    });
    const codes = new Set(tasks.map(({ whole }) => whole));
    return tasks
      .filter(({ forwardsTo, whole }) => !forwardsTo || forwardsTo === whole || !codes.has(forwardsTo))
      .sort((a, b) => a.size - b.size);
  }

  /** Lets go of the codes of a slice that has been searched. */
  done(slice: KeptSlice): void {
    slice.release();
    if (this.#waiting.delete(slice)) this.#weight -= slice.facts.weight;
  }

  #slice(func: Func): KeptSlice | 'unsliced' | undefined {
    const { unsliced } = this.#workspace;
    if (unsliced.has(func)) return 'unsliced';
    const made = bounded(workPerSlice, () => this.#workspace.sliceOf(func));
    if (made.kind === 'done') return made.value;
    unsliced.add(func);
    return 'unsliced';
  }

  /** Only the codes of small slices are kept, others are made again: together they are larger than the package. */
  #keep(slice: KeptSlice): void {
    const { relevant, tooLarge, weight } = slice.facts;
    if (!relevant || tooLarge || this.#weight + weight > largestKept) {
      slice.release();
      return;
    }
    if (this.#waiting.has(slice)) return;
    this.#waiting.add(slice);
    this.#weight += weight;
  }
}
