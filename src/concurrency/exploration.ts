/** The searches of one package: of each entry, of what its types promise, and of literals that nobody calls in sight. */
import type { FuncDecl, FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { entryShare } from '../work/limits.ts';
import { bounded, isEnding, workLeft } from '../work/meter.ts';
import { searchesOfTypes } from './contracts/index.ts';
import type { ExploreOptions, PackageLeaks, Undecided } from './explore.ts';
import { briefly, defaultBudget, defaultPackageStates, Spending } from './explore-budget.ts';
import { ContractExploration } from './explore-contracts.ts';
import { FoundLeaks, userStuck } from './explore-leaks.ts';
import { searchNarrowly, searchSlice } from './explore-rounds.ts';
import { EntrySlices, type SlicedEntry, type Task } from './explore-slices.ts';
import type { Budget, Leak, OutsideRole, SearchResult } from './leak.ts';
import type { PackageLowering } from './lower/package-lowering.ts';
import { lowerPackage } from './lower/program.ts';
import { type Judge, search, searchCallbacks } from './machine/search.ts';
import { escapes } from './open/escaping.ts';
import { isCommand } from './open/literals.ts';
import { fillsBuffer, isFilled, openRolesOf } from './open/policy.ts';
import { narrowEntry, type Scope } from './relevance/narrow.ts';
import { SearchRecorder } from './search-log.ts';
import { isMadeIn, isProgram, startedLiterals } from './searched-function.ts';

/** So much work an entry may always take, as long as the package has it: what small ones need is far less. */
const leastWork = 1_000_000;

export class Exploration {
  readonly #pkg: GoPackage;
  readonly #lowered: PackageLowering;
  readonly #slices: EntrySlices;
  readonly #spending: Spending;
  readonly #found: FoundLeaks;
  readonly #weigh: ExploreOptions['weigh'];
  readonly #observe: ExploreOptions['observe'];
  readonly #progress: ExploreOptions['progress'];
  readonly #recorder: SearchRecorder;
  readonly #undecided: Undecided[] = [];

  constructor(pkg: GoPackage, options: ExploreOptions) {
    this.#pkg = pkg;
    this.#lowered = lowerPackage(pkg);
    this.#slices = new EntrySlices(pkg, this.#lowered);
    this.#spending = new Spending(
      { ...defaultBudget, ...options.budget },
      options.packageStates ?? defaultPackageStates,
    );
    this.#found = new FoundLeaks(options.everyEntry ?? false);
    this.#weigh = options.weigh;
    this.#observe = options.observe;
    this.#progress = options.progress;
    this.#recorder = new SearchRecorder(this.#spending, options.log);
  }

  /** Runs a part of the exploration; when it takes more work than there is, what it is about is undecided. */
  part(about: FuncDecl | FuncLit | undefined, run: () => void): void {
    if (isEnding()) return;
    const share = about === undefined ? 1 : entryShare;
    if (bounded(Math.max(leastWork, workLeft() * share), run).kind === 'done') return;
    const entry = about ?? this.#pkg.funcDecls[0];
    if (entry) this.#undecided.push({ entry: this.#slices.codeOf(entry), reason: 'it takes more work than the limit' });
  }

  tasks(funcs: readonly (FuncDecl | FuncLit)[]): readonly Task[] {
    this.#spending.expect(funcs.length);
    return this.#slices.tasks(funcs, this.#progress);
  }

  /**
   * Searches a function; when it is too large to be decided, also without most of what it calls, and the goroutines it
   * starts, each on its own. It is decided when one of these searches comes to an end.
   */
  entry({ func }: Task): void {
    const wholeProgram = isProgram(this.#pkg, func);
    const before = this.#undecided.length;
    const result = this.#observed(func, wholeProgram);
    if (result.exhausted === undefined) return;
    if (this.#narrowly(func, wholeProgram)) this.#undecided.splice(before);
    if (this.#spending.isUsedUp) return;
    for (const lit of startedLiterals(func)) this.#observed(lit, false);
  }

  /**
   * Searches literals that code which cannot be seen may call: those that escape, and those that no search has run. The
   * outer ones come first, as they run what they keep to themselves.
   */
  handedOut(literals: readonly FuncLit[]): void {
    for (const lit of literals) this.part(lit, () => this.#handedOut(lit));
  }

  #handedOut(lit: FuncLit): void {
    if (this.#spending.entered.has(this.#slices.codeOf(lit)) && !escapes(this.#pkg, lit)) return;
    this.#search(lit, isCommand(this.#pkg, lit));
  }

  /** Searches what the methods of a type expect of each other. */
  contracts(only: ExploreOptions['only']): void {
    const account = {
      spending: this.#spending,
      recorder: this.#recorder,
      found: this.#found,
      undecided: this.#undecided,
    };
    const search = new ContractExploration(account, this.#judge(false));
    for (const contract of searchesOfTypes(this.#pkg, this.#lowered, only)) search.run(contract);
  }

  result(): PackageLeaks {
    const leaks = this.#found.all();
    const unseen = this.#lowered.problems.map(({ name, site, reason }): Undecided => {
      return { entry: { id: -1, name, site, resolve: () => undefined }, reason };
    });
    const { entries, states, transitions } = this.#spending;
    const unsliced = this.#slices.unsliced.map((entry) => ({ entry, reason: 'the package reaches too much code' }));
    return {
      leaks,
      undecided: [...this.#undecided, ...unsliced, ...unseen],
      statistics: { entries, states, transitions },
    };
  }

  #observed(func: FuncDecl | FuncLit, wholeProgram: boolean): SearchResult {
    if (!this.#observe) return this.#search(func, wholeProgram);
    let result: SearchResult | undefined;
    this.#observe(this.#slices.codeOf(func), () => {
      const before = this.#spending.states;
      result = this.#search(func, wholeProgram);
      return this.#spending.states - before;
    });
    return result ?? this.#search(func, wholeProgram);
  }

  #search(func: FuncDecl | FuncLit, wholeProgram: boolean): SearchResult {
    const nothing: SearchResult = { leaks: [], states: 0, transitions: 0, entered: new Set() };
    const undecided = (reason: string): SearchResult => {
      const entry = this.#slices.codeOf(func);
      this.#undecided.push({ entry, reason });
      this.#recorder.skipped(entry, undefined, reason);
      return { ...nothing, exhausted: 'states' };
    };
    if (this.#spending.isHopeless) return undecided('the budget of the package is used up');
    const { whole, hints, slice } = this.#slices.take(func);
    if (slice?.relevant !== true) {
      this.#recorder.skipped(whole, slice);
      return nothing;
    }
    if (slice.tooLarge) return undecided('it reaches too much code');
    const result = this.#searchSlice(func, { whole, hints, slice }, wholeProgram);
    slice.release();
    return result;
  }

  #searchSlice(func: FuncDecl | FuncLit, sliced: Required<SlicedEntry>, wholeProgram: boolean): SearchResult {
    const { hints, slice } = sliced;
    const open = this.#open(func, wholeProgram);
    const judge = this.#judge(wholeProgram);
    const across = this.#recorder.run('program', slice.entry, slice, () =>
      searchSlice(slice, hints, this.#spending, open, judge),
    );
    const result =
      across.exhausted !== undefined && slice.crossing ? this.#withinPackage(func, across, open, judge) : across;
    this.#spending.entry(result);
    if (result.exhausted !== undefined)
      this.#undecided.push({ entry: slice.entry, reason: result.reason ?? result.exhausted });
    this.#found.addAll(result.leaks, slice.entry);
    if (wholeProgram) return result;
    if (fillsBuffer(this.#pkg, func)) this.#fillBuffers(sliced, open);
    if (result.handsOut === true) this.#callBack(sliced);
    return result;
  }

  /** Too much for a search together with the packages that it imports; these count as unseen then. */
  #withinPackage(
    func: FuncDecl | FuncLit,
    across: SearchResult,
    open: Partial<Budget>,
    judge: Parameters<typeof searchSlice>[4],
  ): SearchResult {
    const { hints, slice } = this.#slices.withinPackage(func);
    if (!slice || slice.tooLarge || this.#spending.isUsedUp) return across;
    if (!slice.relevant) return { leaks: across.leaks, states: 0, transitions: 0, entered: across.entered };
    const within = this.#recorder.run('package', slice.entry, slice, () =>
      searchSlice(slice, hints, this.#spending, open, judge),
    );
    slice.release();
    return { ...within, leaks: [...across.leaks, ...within.leaks] };
  }

  /** The same with channels that somebody outside has filled. */
  #fillBuffers({ hints, slice }: Required<SlicedEntry>, open: Partial<Budget>): void {
    const { entry, method } = slice;
    const budget = { ...briefly(this.#spending.budget), ...open, fullBuffers: true };
    const run = () => this.#run({ entry, entryHints: hints, method }, budget);
    const leftOut = (leak: Leak) => (isFilled(leak) ? undefined : 'it is stuck at no buffer that is full');
    const { leaks } = this.#recorder.run('buffers', entry, undefined, run, leftOut);
    this.#found.addAll(leaks.filter(isFilled), entry);
  }

  /** What becomes of functions that unseen code calls. What ends a registration plays no part otherwise: it is not in the slice. */
  #callBack({ whole, hints }: Required<SlicedEntry>): void {
    if (this.#spending.budget.outsideMayLeave?.includes('callback') !== true) return;
    const { method } = this.#slices;
    const budget = this.#spending.affordable(briefly(this.#spending.budget));
    const program = { entry: whole, entryHints: hints, method };
    const result = this.#recorder.run('callbacks', whole, undefined, () =>
      this.#spending.count(searchCallbacks(program, budget, this.#judge(false))),
    );
    this.#found.addAll(result.leaks, whole);
  }

  /** Who is stuck at something that the function itself made, whatever the functions do that have nothing to do with it. */
  #narrowly(func: FuncDecl | FuncLit, wholeProgram: boolean): boolean {
    return (['made', 'own', 'text'] as const).some((scope) => this.#isDecidedIn(scope, func, wholeProgram));
  }

  #isDecidedIn(scope: Scope, func: FuncDecl | FuncLit, wholeProgram: boolean): boolean {
    if (this.#spending.isUsedUpForNarrow) return false;
    const ref = this.#slices.codeOf(func);
    const hints = this.#lowered.hintsOf(func);
    const slice = narrowEntry(ref, hints, this.#slices.method, scope);
    if (slice?.relevant !== true) return slice !== undefined;
    const judge = this.#judge(wholeProgram);
    const run = () => searchNarrowly(slice, hints, this.#spending, this.#open(func, wholeProgram), judge);
    const file = this.#pkg.fileOf(func);
    const isOwn = ({ stuck }: Leak) => stuck.every((each) => isMadeIn(func, file, each));
    const leftOut = (leak: Leak) => (isOwn(leak) ? undefined : 'the function does not make what it is stuck at');
    const result = this.#recorder.run(scope, ref, slice, run, leftOut);
    slice.release();
    this.#found.addAll(result.leaks.filter(isOwn), ref);
    return result.exhausted === undefined || result.leaks.some(({ weight }) => weight !== 'silent');
  }

  /** What is stuck in the user's code, and what it is worth. */
  #judge(wholeProgram: boolean): Judge {
    return (path) => {
      const leak: Leak = { ...path, stuck: userStuck(path), ...(wholeProgram ? { program: true } : {}) };
      return { ...leak, weight: leak.stuck.length === 0 ? 'silent' : (this.#weigh?.(leak) ?? 'error') };
    };
  }

  #run(program: Parameters<typeof search>[0], budget: Partial<Budget>): SearchResult {
    return this.#spending.count(search(program, this.#spending.affordable(budget), this.#judge(false)));
  }

  /** The outside may also leave channels that it knows in some roles. */
  #open(func: FuncDecl | FuncLit, wholeProgram: boolean): Partial<Budget> {
    const roles: readonly OutsideRole[] = wholeProgram ? [] : openRolesOf(this.#pkg, func);
    return roles.length === 0 ? {} : { outsideMayLeave: [...(this.#spending.budget.outsideMayLeave ?? []), ...roles] };
  }
}
