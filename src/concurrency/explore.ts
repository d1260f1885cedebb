/**
 * The explorer's front door: which functions of a package are searched, and what comes of it.
 *
 * Every declared function and method that touches concurrency is an entry of its own, with outside values for receiver
 * and parameters. Entries are searched in source order; each has a budget, so that the answer does not depend on time.
 */
import type { FuncDecl, FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { walk } from '../go/walk.ts';
import { entriesOf, mayBlock } from './explore-entries.ts';
import type { CodeRef, Program } from './ir.ts';
import type { Budget, Leak, SearchResult, StuckProcess } from './leak.ts';
import { lowerPackage } from './lower/model-library.ts';
import type { LoweredPackage } from './lower/package-lowering.ts';
import { search, searchCallbacks } from './machine/search.ts';
import { sliceEntry } from './relevance/slice.ts';

export interface ExploreOptions {
  readonly budget?: Partial<Budget>;
  /** States of all entries of the package together; further entries are undecided. */
  readonly packageStates?: number;
  /** Keep the leaks that other entries have at the same operation, too; for measurements. */
  readonly everyEntry?: boolean;
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
};

const defaultPackageStates = 40_000;

/** Enough for a goroutine per element of what tests and tools like to take a hundred of. */
const manyGoroutines: Partial<Budget> = { processes: 112, instructions: 30_000 };

/** So many entries of a package may be exhausted; a package of many such is out of reach anyway. */
const maxExhausted = 40;

/** Searches all entries of a package. Pure and deterministic; a package without concurrency costs a look at its text. */
export function explorePackage(pkg: GoPackage, options: ExploreOptions = {}): PackageLeaks {
  if (!mayBlock(pkg)) return { leaks: [], undecided: [], statistics: { entries: 0, states: 0, transitions: 0 } };
  const exploration = new Exploration(pkg, options);
  for (const decl of entriesOf(pkg)) if (options.only?.(decl) ?? true) exploration.entry(decl);
  return exploration.result();
}

class Exploration {
  readonly #pkg: GoPackage;
  readonly #lowered: LoweredPackage;
  readonly #budget: Budget;
  readonly #undecided: Undecided[] = [];
  readonly #leaks = new Map<string, Leak>();
  readonly #everyEntry: boolean;
  #left: number;
  #entries = 0;
  #states = 0;
  #transitions = 0;
  #exhausted = 0;

  constructor(pkg: GoPackage, options: ExploreOptions) {
    this.#pkg = pkg;
    this.#lowered = lowerPackage(pkg);
    this.#budget = { ...defaultBudget, ...options.budget };
    this.#everyEntry = options.everyEntry ?? false;
    this.#left = options.packageStates ?? defaultPackageStates;
  }

  /** Searches a function; when it is too large to be decided, also the goroutines it starts, each on its own. */
  entry(decl: FuncDecl): void {
    const { exhausted } = this.#search(decl, this.#lowered.codeOf(decl), isMain(this.#pkg, decl));
    if (exhausted === undefined) return;
    for (const lit of startedLiterals(decl)) this.#search(lit, this.#lowered.codeOfLit(lit), false);
  }

  result(): PackageLeaks {
    const leaks = [...this.#leaks.values()].sort((a, b) => Number(a.outsider) - Number(b.outsider));
    const unseen = this.#lowered.problems.map(({ name, site, reason }): Undecided => {
      return { entry: { id: -1, name, site, resolve: () => undefined }, reason };
    });
    const statistics = { entries: this.#entries, states: this.#states, transitions: this.#transitions };
    return { leaks, undecided: [...this.#undecided, ...unseen], statistics };
  }

  #search(func: FuncDecl | FuncLit, whole: CodeRef, wholeProgram: boolean): SearchResult {
    const nothing: SearchResult = { leaks: [], states: 0, transitions: 0 };
    if (whole.resolve() === undefined) return nothing;
    if (this.#left <= 0 || this.#exhausted >= maxExhausted) {
      this.#undecided.push({ entry: whole, reason: 'the budget of the package is used up' });
      return nothing;
    }
    const entryHints = this.#lowered.hintsOf(func);
    const slice = sliceEntry(whole, entryHints, (typeName, name) => this.#lowered.method(typeName, name));
    if (!slice.relevant) return nothing;
    const { entry: ref } = slice;
    const program = { entry: ref, entryHints, method: slice.method };
    const result = this.#run(program);
    this.#entries += 1;
    if (result.exhausted !== undefined) this.#exhausted += 1;
    if (result.exhausted !== undefined) this.#undecided.push({ entry: ref, reason: result.reason ?? result.exhausted });
    for (const leak of result.leaks) this.#keep(leak, ref, wholeProgram);
    if (result.handsOut === true && this.#budget.outsideMayLeave?.includes('callback') === true && !wholeProgram) {
      // What ends a registration plays no part for who is stuck otherwise: it is not in the slice.
      const method = (typeName: string, name: string) => this.#lowered.method(typeName, name);
      const called = this.#count(searchCallbacks({ entry: whole, entryHints, method }, this.#affordable({})));
      for (const leak of called.leaks) this.#keep(leak, whole, wholeProgram);
    }
    return result;
  }

  /** Within the budget of the package; again with many goroutines when it was only them that were too many. */
  #run(program: Program): SearchResult {
    const result = this.#count(search(program, this.#affordable({})));
    if (result.crowded !== true || result.leaks.length > 0 || this.#left <= 0) return result;
    const again = this.#count(search(program, this.#affordable(manyGoroutines)));
    return again.leaks.length > 0 ? again : result;
  }

  #affordable(more: Partial<Budget>): Budget {
    return { ...this.#budget, ...more, states: Math.min(this.#budget.states, this.#left) };
  }

  #count(result: SearchResult): SearchResult {
    this.#states += result.states;
    this.#transitions += result.transitions;
    this.#left -= result.states;
    return result;
  }

  /** Of several leaks at one operation, the one that needs no outsider, then the one with the shorter path, is kept. */
  #keep(leak: Leak, ref: CodeRef, wholeProgram: boolean): void {
    const stuck = leak.stuck.filter((each) => isOfUser(each) && !isDeliberate(each));
    const [first] = stuck;
    if (!first || !isSubstantiated(first, leak)) return;
    // When main ends, the program ends: only main itself can be stuck in it.
    if (wholeProgram && !stuck.some((each) => each.process.code === ref && each.process.start === undefined)) return;
    const key = this.#everyEntry ? `${ref.id} ${placeOf(first)}` : placeOf(first);
    const known = this.#leaks.get(key);
    if (known && known.outsider === leak.outsider && known.trace.length <= leak.trace.length) return;
    if (known && !known.outsider && leak.outsider) return;
    this.#leaks.set(key, { ...leak, stuck });
  }
}

/** Whether a stuck process is one that the user's code started: those inside a library model alone do not count. */
function isOfUser(stuck: StuckProcess): boolean {
  return stuck.site.file !== undefined || stuck.callers.some((site) => site.file !== undefined);
}

/**
 * A crash is told only of a channel that was made on the way: what a channel from outside has been through, and which
 * flags beside it say so, is not known.
 */
function isSubstantiated(stuck: StuckProcess, leak: Leak): boolean {
  if (stuck.kind !== 'panic-close-closed' && stuck.kind !== 'panic-send-closed') return true;
  const closed = leak.trace.findLast((step) => step.what.kind === 'close');
  const object = closed && 'object' in closed.what ? closed.what.object : undefined;
  return leak.trace.some((step) => step.what.kind === 'make' && 'object' in step.what && step.what.object === object);
}

/** `select {}` in a function that runs in the caller's goroutine says that it never returns. */
function isDeliberate(stuck: StuckProcess): boolean {
  return stuck.kind === 'select' && stuck.arms?.length === 0 && stuck.process.start === undefined;
}

function placeOf(stuck: StuckProcess): string {
  const site = [stuck.site, ...stuck.callers].find((each) => each.file !== undefined) ?? stuck.site;
  return `${stuck.kind} ${site.file?.path ?? ''} ${site.range.start}`;
}

function isMain(pkg: GoPackage, decl: FuncDecl): boolean {
  return pkg.name === 'main' && !decl.recv && decl.name.name === 'main';
}

/** Literals that a function starts with `go`, inner ones included, outermost first. */
function startedLiterals(decl: FuncDecl): readonly FuncLit[] {
  const literals: FuncLit[] = [];
  walk(decl, (node) => {
    if (node.kind === 'GoStmt' && node.call.kind === 'CallExpr' && node.call.fun.kind === 'FuncLit')
      literals.push(node.call.fun);
    return true;
  });
  return literals;
}
