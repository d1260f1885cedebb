/** The slices of a package's entries: made to see which need a search, kept until their turn comes. */
import type { FuncDecl, FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { bounded } from '../work/meter.ts';
import type { ExploreOptions } from './explore.ts';
import type { CodeRef, Hint } from './ir.ts';
import type { PackageLowering } from './lower/package-lowering.ts';
import { ownedFields } from './open/owned-fields.ts';
import { type Slice, sliceEntry } from './relevance/slice.ts';
import type { Extent, MethodFinder } from './relevance/units.ts';

/** A function to search. */
export interface Task {
  readonly func: FuncDecl | FuncLit;
  readonly size: number;
}

export interface SlicedEntry {
  readonly whole: CodeRef;
  readonly hints: readonly Hint[];
  readonly slice?: Slice;
}

/** Instructions behind the slices that are kept at a time: some twenty megabytes. */
const largestKept = 100_000;

/** Instructions that all slices of a package may look at. Where every function reaches every other one, they grow with the square. */
const mostSliced = 1_500_000;

/** Steps that the slice of one entry may take; it is searched with those that take less. */
const workPerSlice = 1_500_000;

export class EntrySlices {
  readonly #pkg: GoPackage;
  readonly #lowered: PackageLowering;
  readonly #kept = new Map<FuncDecl | FuncLit, SlicedEntry>();
  #weight = 0;
  #sliced = 0;
  /** Entries for which there was no slice any more. */
  readonly unsliced: CodeRef[] = [];

  constructor(pkg: GoPackage, lowered: PackageLowering) {
    this.#pkg = pkg;
    this.#lowered = lowered;
  }

  /**
   * The entries that need a search, the smallest first, so that those that are out of reach do not use up the budget of
   * the others. Who does nothing but call another entry is left out.
   */
  tasks(funcs: readonly (FuncDecl | FuncLit)[], progress?: ExploreOptions['progress']): readonly Task[] {
    const tasks = funcs.flatMap((func, at) => {
      progress?.('slicing', at, funcs.length);
      if (this.#sliced > mostSliced) {
        this.unsliced.push(this.codeOf(func));
        return [];
      }
      const made = bounded(workPerSlice, () => this.#sliceOf(func));
      if (made.kind === 'limit') {
        this.unsliced.push(this.codeOf(func));
        return [];
      }
      const sliced = made.value;
      const { whole, slice } = sliced;
      if (slice?.relevant !== true) return [];
      this.#keep(func, sliced);
      return [{ func, whole, size: slice.size, forwardsTo: slice.forwardsTo }];
    });
    const codes = new Set(tasks.map(({ whole }) => whole));
    return tasks
      .filter(({ forwardsTo, whole }) => !forwardsTo || forwardsTo === whole || !codes.has(forwardsTo))
      .sort((a, b) => a.size - b.size);
  }

  /** The slice of an entry, which is not kept any longer. */
  take(func: FuncDecl | FuncLit): SlicedEntry {
    const known = this.#kept.get(func);
    if (!known) return this.#sliceOf(func);
    this.#kept.delete(func);
    this.#weight -= known.slice?.weight ?? 0;
    return known;
  }

  /** The slice of an entry without the packages that this one imports. */
  withinPackage(func: FuncDecl | FuncLit): SlicedEntry {
    return this.#sliceOf(func, 'package');
  }

  codeOf(func: FuncDecl | FuncLit): CodeRef {
    return func.kind === 'FuncDecl' ? this.#lowered.codeOf(func) : this.#lowered.codeOfLit(func);
  }

  readonly method: MethodFinder = (typeName, name) => this.#lowered.method(typeName, name);

  /** Only what is small is kept, the rest is made again: together the slices are larger than the package. */
  #keep(func: FuncDecl | FuncLit, sliced: SlicedEntry): void {
    const weight = sliced.slice?.weight ?? 0;
    if (sliced.slice?.tooLarge === true || this.#weight + weight > largestKept) return;
    this.#weight += weight;
    this.#kept.set(func, sliced);
  }

  #sliceOf(func: FuncDecl | FuncLit, extent: Extent = 'program'): SlicedEntry {
    const whole = this.codeOf(func);
    const hints = this.#lowered.hintsOf(func);
    if (whole.resolve() === undefined) return { whole, hints };
    const owned = func.kind === 'FuncDecl' ? ownedFields(this.#pkg, func) : undefined;
    const slice = sliceEntry(whole, hints, this.method, owned, extent);
    this.#sliced += slice.seen;
    return { whole, hints, slice };
  }
}
