/**
 * The explorer's front door: which functions of a package are searched, and what comes of it.
 *
 * Every declared function and method that touches concurrency is an entry of its own, with outside values for receiver
 * and parameters. Entries are searched in source order; each has a budget, so that the answer does not depend on time.
 */
import type { File, FuncDecl, FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { walk } from '../go/walk.ts';
import { contains } from '../text/offset.ts';
import { type ContractSearch, contractSearches } from './contracts/search.ts';
import { entriesOf, mayBlock } from './explore-entries.ts';
import { KeptLeaks } from './explore-leaks.ts';
import type { CodeRef, Hint, Program } from './ir.ts';
import type { Budget, Leak, OutsideRole, SearchResult, StuckProcess } from './leak.ts';
import { lowerPackage } from './lower/model-library.ts';
import type { PackageLowering } from './lower/package-lowering.ts';
import { search, searchCallbacks } from './machine/search.ts';
import { isCommand, literalsOf, packageLiterals } from './open/literals.ts';
import { ownedFields } from './open/owned-fields.ts';
import { fillsBuffer, isFilled, isWarranted, openRolesOf } from './open/policy.ts';
import { narrowEntry, type Scope } from './relevance/narrow.ts';
import { type Slice, sliceEntry } from './relevance/slice.ts';

export interface ExploreOptions {
  readonly budget?: Partial<Budget>;
  /** States of all entries of the package together; further entries are undecided. */
  readonly packageStates?: number;
  /** Keep the leaks that other entries have at the same operation, too; for measurements. */
  readonly everyEntry?: boolean;
  /** Keep every leak that depends on what becomes of a channel handed out, warranted or not; for measurements. */
  readonly everyOutsider?: boolean;
  /** Runs each search of an entry, which returns the states that it visited; for measurements. */
  readonly observe?: (entry: CodeRef, search: () => number) => void;
  /** Declared functions that are searched as entries; absent: all that are worth it. */
  readonly only?: (decl: FuncDecl) => boolean;
}

/** An entry whose search did not come to an end: the absence of leaks proves nothing. */
export interface Undecided {
  readonly entry: CodeRef;
  readonly reason: string;
}

export interface ExploreStatistics {
  readonly entries: number;
  readonly states: number;
  readonly transitions: number;
}

export interface PackageLeaks {
  /** One per stuck operation, the one with the shortest path; leaks that need no outsider come first. */
  readonly leaks: readonly Leak[];
  readonly undecided: readonly Undecided[];
  readonly statistics: ExploreStatistics;
}

export const defaultBudget: Budget = {
  states: 3_000,
  localSteps: 4_000,
  processes: 14,
  callDepth: 12,
  instructions: 60_000,
  outsideMayLeave: ['callback'],
};

const defaultPackageStates = 40_000;

/** Enough for a goroutine per element of what tests and tools like to take a hundred of. */
const manyGoroutines: Partial<Budget> = { processes: 112, instructions: 30_000 };

/** 99 of 100 searches that end at all need fewer states than this. */
const briefStates = 600;
const briefInstructions = 20_000;

/** So many entries of a package are searched with the whole budget when the brief search was not enough. */
const maxThorough = 4;

/** So many entries of a package may be exhausted; the smallest come first, so the rest is out of reach anyway. */
const maxExhausted = 64;

function briefly(budget: Budget): Partial<Budget> {
  return {
    states: Math.min(budget.states, briefStates),
    instructions: Math.min(budget.instructions ?? briefInstructions, briefInstructions),
  };
}

/** Searches all entries of a package. Pure and deterministic; a package without concurrency costs a look at its text. */
export function explorePackage(pkg: GoPackage, options: ExploreOptions = {}): PackageLeaks {
  if (!mayBlock(pkg)) return { leaks: [], undecided: [], statistics: { entries: 0, states: 0, transitions: 0 } };
  const exploration = new Exploration(pkg, options);
  const entries = entriesOf(pkg).filter((decl) => options.only?.(decl) ?? true);
  for (const task of exploration.tasks([...entries, ...packageLiterals(pkg)])) exploration.entry(task);
  exploration.contracts(options.only);
  for (const decl of pkg.funcDecls) if (options.only?.(decl) ?? true) exploration.handedOut(decl);
  return exploration.result();
}

/** A function to search. */
interface Task {
  readonly func: FuncDecl | FuncLit;
  readonly size: number;
}

interface SlicedEntry {
  readonly whole: CodeRef;
  readonly hints: readonly Hint[];
  readonly slice?: Slice;
}

/** Instructions behind the slices that are kept at a time: some fifty megabytes. */
const largestKept = 250_000;

class Exploration {
  readonly #pkg: GoPackage;
  readonly #lowered: PackageLowering;
  readonly #budget: Budget;
  readonly #undecided: Undecided[] = [];
  readonly #kept: KeptLeaks;
  readonly #entered = new Set<CodeRef>();
  readonly #everyOutsider: boolean;
  readonly #observe: ExploreOptions['observe'];
  readonly #sliced = new Map<FuncDecl | FuncLit, SlicedEntry>();
  #keptWeight = 0;
  #left: number;
  #leftNarrow: number;
  #entries = 0;
  #states = 0;
  #transitions = 0;
  #exhausted = 0;
  #thorough = 0;

  constructor(pkg: GoPackage, options: ExploreOptions) {
    this.#pkg = pkg;
    this.#lowered = lowerPackage(pkg);
    this.#budget = { ...defaultBudget, ...options.budget };
    this.#kept = new KeptLeaks(pkg, options);
    this.#everyOutsider = options.everyOutsider ?? false;
    this.#observe = options.observe;
    this.#left = options.packageStates ?? defaultPackageStates;
    this.#leftNarrow = this.#left / 2;
  }

  /**
   * The entries that need a search, the smallest first, so that those that are out of reach do not use up the budget of
   * the others. Who does nothing but call another entry is left out.
   */
  tasks(funcs: readonly (FuncDecl | FuncLit)[]): readonly Task[] {
    const tasks = funcs.flatMap((func) => {
      const sliced = this.#sliceOf(func);
      const { whole, slice } = sliced;
      if (slice?.relevant !== true) return [];
      this.#keepForLater(func, sliced);
      return [{ func, whole, size: slice.size, forwardsTo: slice.forwardsTo }];
    });
    const codes = new Set(tasks.map(({ whole }) => whole));
    return tasks
      .filter(({ forwardsTo, whole }) => !forwardsTo || forwardsTo === whole || !codes.has(forwardsTo))
      .sort((a, b) => a.size - b.size);
  }

  #codeOf(func: FuncDecl | FuncLit): CodeRef {
    return func.kind === 'FuncDecl' ? this.#lowered.codeOf(func) : this.#lowered.codeOfLit(func);
  }

  /** Small slices are kept until their turn comes; others are made again: together they are larger than the package. */
  #task(func: FuncDecl | FuncLit): SlicedEntry {
    const known = this.#sliced.get(func);
    if (known) {
      this.#sliced.delete(func);
      this.#keptWeight -= known.slice?.weight ?? 0;
      return known;
    }
    return this.#sliceOf(func);
  }

  #keepForLater(func: FuncDecl | FuncLit, sliced: SlicedEntry): void {
    const weight = sliced.slice?.weight ?? 0;
    if (sliced.slice?.tooLarge === true || this.#keptWeight + weight > largestKept) return;
    this.#keptWeight += weight;
    this.#sliced.set(func, sliced);
  }

  #sliceOf(func: FuncDecl | FuncLit): SlicedEntry {
    const whole = this.#codeOf(func);
    const hints = this.#lowered.hintsOf(func);
    if (whole.resolve() === undefined) return { whole, hints };
    const owned = func.kind === 'FuncDecl' ? ownedFields(this.#pkg, func) : undefined;
    return { whole, hints, slice: sliceEntry(whole, hints, (type, name) => this.#lowered.method(type, name), owned) };
  }

  /**
   * Searches a function; when it is too large to be decided, also without most of what it calls, and the goroutines it
   * starts, each on its own.
   */
  entry({ func }: Task): void {
    const wholeProgram = isProgram(this.#pkg, func);
    const result = this.#observed(func, wholeProgram);
    if (result.exhausted === undefined) return;
    this.#narrowly(func, wholeProgram);
    if (this.#left <= 0) return;
    for (const lit of startedLiterals(func)) this.#observed(lit, false);
  }

  #observed(func: FuncDecl | FuncLit, wholeProgram: boolean): SearchResult {
    if (!this.#observe) return this.#search(func, wholeProgram);
    let result: SearchResult | undefined;
    this.#observe(this.#codeOf(func), () => {
      const before = this.#states;
      result = this.#search(func, wholeProgram);
      return this.#states - before;
    });
    return result ?? this.#search(func, wholeProgram);
  }

  /** Searches the literals of a function that no search has run: code that cannot be seen calls them. */
  handedOut(decl: FuncDecl): void {
    const literals = literalsOf(this.#pkg, decl).filter((lit) => !this.#entered.has(this.#codeOf(lit)));
    for (const lit of literals) this.#search(lit, isCommand(this.#pkg, lit));
  }

  /** Searches what the methods of a type expect of each other. */
  contracts(only: ExploreOptions['only']): void {
    for (const contract of contractSearches(this.#pkg, this.#lowered, only)) this.#contract(contract);
  }

  /** A contract whose last search found nothing and did not come to an end is undecided. */
  #contract(contract: ContractSearch, budget = briefly(this.#budget)): void {
    const reason = this.#left > 0 ? this.#searchContract(contract, budget) : 'the budget of the package is used up';
    if (reason === undefined) return;
    const smaller = this.#left > 0 ? contract.smaller() : undefined;
    if (smaller) this.#contract(smaller, {});
    else this.#undecided.push({ entry: contract.entry, reason: `contract of its type: ${reason}` });
  }

  /** Why the search did not come to an end; undefined when it did or found something. */
  #searchContract(
    { entry, program, unsearched, breaches }: ContractSearch,
    budget: Partial<Budget>,
  ): string | undefined {
    if (unsearched !== undefined) return unsearched;
    const result = this.#count(search(program, this.#affordable({ ...budget, fullBuffers: true })));
    const leaks = breaches(result);
    this.#entries += 1;
    for (const leak of leaks) this.#kept.keep(leak, entry, false);
    return leaks.length > 0 || result.exhausted === undefined ? undefined : (result.reason ?? result.exhausted);
  }

  result(): PackageLeaks {
    const leaks = this.#kept.all();
    const unseen = this.#lowered.problems.map(({ name, site, reason }): Undecided => {
      return { entry: { id: -1, name, site, resolve: () => undefined }, reason };
    });
    const statistics = { entries: this.#entries, states: this.#states, transitions: this.#transitions };
    return { leaks, undecided: [...this.#undecided, ...unseen], statistics };
  }

  #search(func: FuncDecl | FuncLit, wholeProgram: boolean): SearchResult {
    const nothing: SearchResult = { leaks: [], states: 0, transitions: 0, entered: new Set() };
    if (this.#left <= 0 || this.#exhausted >= maxExhausted) {
      this.#undecided.push({ entry: this.#codeOf(func), reason: 'the budget of the package is used up' });
      return { ...nothing, exhausted: 'states' };
    }
    const { whole, hints: entryHints, slice } = this.#task(func);
    if (slice?.relevant !== true) return nothing;
    if (slice.tooLarge) {
      this.#undecided.push({ entry: whole, reason: 'it reaches too much code' });
      return { ...nothing, exhausted: 'states' };
    }
    const result = this.#searchSlice(func, { whole, hints: entryHints, slice }, wholeProgram);
    slice.release();
    return result;
  }

  #searchSlice(func: FuncDecl | FuncLit, sliced: Required<SlicedEntry>, wholeProgram: boolean): SearchResult {
    const { whole, hints: entryHints, slice } = sliced;
    const { entry: ref } = slice;
    const program: Program = { entry: ref, entryHints, method: slice.method };
    const open = this.#open(wholeProgram ? [] : openRolesOf(this.#pkg, func));
    const result = withManyRounds(slice, entryHints, (each) => this.#run(each, open));
    this.#entries += 1;
    if (result.exhausted !== undefined) this.#exhausted += 1;
    if (result.exhausted !== undefined) this.#undecided.push({ entry: ref, reason: result.reason ?? result.exhausted });
    for (const leak of result.leaks) {
      if (leak.outsider && !this.#everyOutsider && !isWarranted(this.#pkg, func, leak)) continue;
      this.#kept.keep(leak, ref, wholeProgram);
    }
    if (!wholeProgram && fillsBuffer(this.#pkg, func)) {
      const budget = this.#affordable({ ...briefly(this.#budget), ...open, fullBuffers: true });
      for (const leak of this.#count(search(program, budget)).leaks)
        if (isFilled(leak) && isWarranted(this.#pkg, func, leak)) this.#kept.keep(leak, ref, false);
    }
    if (result.handsOut === true && this.#budget.outsideMayLeave?.includes('callback') === true && !wholeProgram) {
      // What ends a registration plays no part for who is stuck otherwise: it is not in the slice.
      const method = (typeName: string, name: string) => this.#lowered.method(typeName, name);
      const budget = this.#affordable(briefly(this.#budget));
      const called = this.#count(searchCallbacks({ entry: whole, entryHints, method }, budget));
      for (const leak of called.leaks) this.#kept.keep(leak, whole, wholeProgram);
    }
    return result;
  }

  /** Who is stuck at something that the function itself made, whatever the functions do that have nothing to do with it. */
  #narrowly(func: FuncDecl | FuncLit, wholeProgram: boolean): void {
    for (const scope of ['made', 'own'] as const) if (this.#isDecidedIn(scope, func, wholeProgram)) return;
  }

  #isDecidedIn(scope: Scope, func: FuncDecl | FuncLit, wholeProgram: boolean): boolean {
    if (this.#leftNarrow <= 0) return true;
    const ref = this.#codeOf(func);
    const entryHints = this.#lowered.hintsOf(func);
    const slice = narrowEntry(ref, entryHints, (type, name) => this.#lowered.method(type, name), scope);
    if (slice?.relevant !== true) return slice !== undefined;
    const open = this.#open(wholeProgram ? [] : openRolesOf(this.#pkg, func));
    const budget = { ...this.#budget, ...briefly(this.#budget), ...open };
    const result = withManyRounds(slice, entryHints, (program) => this.#count(search(program, budget), 'narrow'));
    slice.release();
    for (const leak of result.leaks) {
      if (!leak.stuck.every((each) => isMadeIn(func, this.#pkg.fileOf(func), each))) continue;
      if (leak.outsider && !this.#everyOutsider && !isWarranted(this.#pkg, func, leak)) continue;
      this.#kept.keep(leak, ref, wholeProgram);
    }
    return result.exhausted === undefined || result.leaks.length > 0;
  }

  /**
   * Within the budget of the package. Nearly every search that comes to an end does so soon: most entries get a small
   * part of the budget, and a few that it is too small for the whole. Again with many goroutines when it was only them
   * that were too many.
   */
  #run(program: Program, open: Partial<Budget>): SearchResult {
    const explore = (more: Partial<Budget>) => this.#count(search(program, this.#affordable({ ...open, ...more })));
    const brief = explore(briefly(this.#budget));
    const result = this.#needsMore(brief) ? explore({}) : brief;
    if (result.crowded !== true || isSure(result) || this.#left <= 0) return result;
    const again = explore(manyGoroutines);
    return isSure(again) ? again : result;
  }

  /** The outside may also leave channels that it knows in some roles. */
  #open(roles: readonly OutsideRole[]): Partial<Budget> {
    return roles.length === 0 ? {} : { outsideMayLeave: [...(this.#budget.outsideMayLeave ?? []), ...roles] };
  }

  #needsMore(result: SearchResult): boolean {
    if (result.exhausted !== 'states' || this.#left <= 0 || this.#thorough >= maxThorough) return false;
    this.#thorough += 1;
    return true;
  }

  #affordable(more: Partial<Budget>): Budget {
    return { ...this.#budget, ...more, states: Math.min(more.states ?? this.#budget.states, this.#left) };
  }

  #count(result: SearchResult, from?: 'narrow'): SearchResult {
    this.#states += result.states;
    this.#transitions += result.transitions;
    if (from === 'narrow') this.#leftNarrow -= result.states;
    else this.#left -= result.states;
    for (const ref of result.entered) this.#entered.add(ref);
    return result;
  }
}

/** Whether the text of a function makes what a process is stuck at. */
function isMadeIn(func: FuncDecl | FuncLit, file: File, { madeAt }: StuckProcess): boolean {
  return madeAt?.file === file && contains(func.range, madeAt.range);
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

/** Whether something is stuck whatever the outside does. */
function isSure({ leaks }: SearchResult): boolean {
  return leaks.some((leak) => !leak.outsider);
}

/** Whether the process ends with a function. */
function isProgram(pkg: GoPackage, func: FuncDecl | FuncLit): boolean {
  if (func.kind === 'FuncLit') return isCommand(pkg, func);
  return pkg.name === 'main' && !func.recv && func.name.name === 'main';
}

/** Literals that a function starts with `go`, inner ones included, outermost first. */
function startedLiterals(func: FuncDecl | FuncLit): readonly FuncLit[] {
  const literals: FuncLit[] = [];
  walk(func, (node) => {
    if (node.kind === 'GoStmt' && node.call.kind === 'CallExpr' && node.call.fun.kind === 'FuncLit')
      literals.push(node.call.fun);
    return true;
  });
  return literals;
}
