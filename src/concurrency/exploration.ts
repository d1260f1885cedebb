/** The searches of one package: of each entry, of what its types promise, and of literals that nobody calls in sight. */
import type { FuncLit } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { entryShare } from '../work/limits.ts';
import { bounded, isEnding, workLeft } from '../work/meter.ts';
import { searchesOfTypes } from './contracts/index.ts';
import type { ExploreOptions, PackageLeaks, Undecided } from './explore.ts';
import { briefly, defaultBudget, defaultPackageStates, Spending } from './explore-budget.ts';
import { ContractExploration } from './explore-contracts.ts';
import { FoundLeaks, userStuck } from './explore-leaks.ts';
import { type Round, ranImported, searchNarrowly, searchSlice } from './explore-rounds.ts';
import { EntrySlices, type Task } from './explore-slices.ts';
import type { Budget, Leak, OutsideRole, SearchResult } from './leak.ts';
import { type Judge, search, searchCallbacks } from './machine/search.ts';
import { isCommandLiteral } from './open/commands.ts';
import { escapes } from './open/escaping.ts';
import { fillsBuffer, isFilled, openRolesOf } from './open/policy.ts';
import type { Scope } from './relevance/narrow.ts';
import { type Rung, SearchRecorder } from './search-log.ts';
import { isMadeIn, isProgram, startedLiterals } from './searched-function.ts';
import { type Func, type KeptSlice, type Workspace, workspaceOf } from './workspace.ts';

/** So much work an entry may always take, as long as the package has it: what small ones need is far less. */
const leastWork = 1_000_000;

export class Exploration {
  readonly #pkg: GoPackage;
  readonly #workspace: Workspace;
  readonly #slices: EntrySlices;
  readonly #spending: Spending;
  readonly #found: FoundLeaks;
  readonly #options: ExploreOptions;
  readonly #recorder: SearchRecorder;
  readonly #undecided: Undecided[] = [];

  constructor(pkg: GoPackage, options: ExploreOptions) {
    this.#pkg = pkg;
    this.#workspace = workspaceOf(pkg);
    this.#slices = new EntrySlices(this.#workspace);
    const { budget, packageStates = defaultPackageStates } = options;
    this.#spending = new Spending({ ...defaultBudget, ...budget }, packageStates);
    this.#found = new FoundLeaks(options.everyEntry ?? false);
    this.#options = options;
    this.#recorder = new SearchRecorder(this.#spending, options.log);
  }

  /** Runs a part of the exploration; when it takes more work than there is, what it is about is undecided. */
  part(about: Func | undefined, run: () => void): void {
    if (isEnding()) return;
    const share = about === undefined ? 1 : entryShare;
    if (bounded(Math.max(leastWork, workLeft() * share), run).kind === 'done') return;
    const entry = about ?? this.#pkg.funcDecls[0];
    if (entry)
      this.#undecided.push({ entry: this.#workspace.codeOf(entry), reason: 'it takes more work than the limit' });
  }

  tasks(funcs: readonly Func[]): readonly Task[] {
    this.#spending.expect(funcs.length);
    return this.#slices.tasks(funcs, this.#options.progress);
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
    if (this.#spending.entered.has(this.#workspace.codeOf(lit)) && !escapes(this.#pkg, lit)) return;
    this.#search(lit, isCommandLiteral(this.#pkg, lit));
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
    for (const contract of searchesOfTypes(this.#pkg, this.#workspace.lowered, only)) search.run(contract);
  }

  result(): PackageLeaks {
    const leaks = this.#found.all();
    const unseen = this.#workspace.lowered.problems.map(({ name, site, reason }): Undecided => {
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

  #observed(func: Func, wholeProgram: boolean): SearchResult {
    if (!this.#options.observe) return this.#search(func, wholeProgram);
    let result: SearchResult | undefined;
    this.#options.observe(this.#workspace.codeOf(func), () => {
      const before = this.#spending.states;
      result = this.#search(func, wholeProgram);
      return this.#spending.states - before;
    });
    return result ?? this.#search(func, wholeProgram);
  }

  #search(func: Func, wholeProgram: boolean): SearchResult {
    const nothing: SearchResult = { leaks: [], states: 0, transitions: 0, entered: new Set() };
    const entry = this.#workspace.codeOf(func);
    const undecided = (reason: string): SearchResult => {
      this.#undecided.push({ entry, reason });
      this.#recorder.skipped(entry, undefined, reason);
      return { ...nothing, exhausted: 'states' };
    };
    if (this.#spending.isHopeless) return undecided('the budget of the package is used up');
    const slice = this.#workspace.sliceOf(func);
    if (slice?.facts.relevant !== true) {
      this.#recorder.skipped(entry, slice?.facts);
      return nothing;
    }
    if (slice.facts.tooLarge) return undecided('it reaches too much code');
    const result = this.#searchSlice(func, slice, wholeProgram);
    this.#slices.done(slice);
    return result;
  }

  #searchSlice(func: Func, slice: KeptSlice, wholeProgram: boolean): SearchResult {
    const entry = this.#workspace.codeOf(func);
    const open = this.#open(func, wholeProgram);
    const round = this.#round(func, 'program', slice, wholeProgram);
    const across = this.#recorder.run('program', entry, slice.facts, () =>
      searchSlice(slice, this.#spending, open, round),
    );
    const result =
      across.exhausted !== undefined && slice.facts.crossing && ranImported(across)
        ? this.#withinPackage(func, across, open, wholeProgram)
        : across;
    this.#spending.entry(result);
    if (result.exhausted !== undefined) this.#undecided.push({ entry, reason: result.reason ?? result.exhausted });
    this.#found.addAll(result.leaks, entry);
    if (wholeProgram) return result;
    if (fillsBuffer(this.#pkg, func)) this.#fillBuffers(func, slice, open);
    if (result.handsOut === true) this.#callBack(func);
    return result;
  }

  /** Too much for a search together with the packages of which it ran something; these count as unseen then. */
  #withinPackage(func: Func, across: SearchResult, open: Partial<Budget>, wholeProgram: boolean): SearchResult {
    const slice = this.#workspace.sliceOf(func, 'package');
    if (!slice || slice.facts.tooLarge || this.#spending.isUsedUp) return across;
    if (!slice.facts.relevant) return { leaks: across.leaks, states: 0, transitions: 0, entered: across.entered };
    const round = this.#round(func, 'package', slice, wholeProgram);
    const within = this.#recorder.run('package', this.#workspace.codeOf(func), slice.facts, () =>
      searchSlice(slice, this.#spending, open, round),
    );
    slice.release();
    return { ...within, leaks: [...across.leaks, ...within.leaks] };
  }

  /** The same with channels that somebody outside has filled. */
  #fillBuffers(func: Func, slice: KeptSlice, open: Partial<Budget>): void {
    const entry = this.#workspace.codeOf(func);
    const budget = { ...briefly(this.#spending.budget), ...open, fullBuffers: true };
    const round = this.#round(func, 'buffers', slice, false);
    const run = () => this.#spending.count(round(this.#spending.affordable(budget)));
    const leftOut = (leak: Leak) => (isFilled(leak) ? undefined : 'it is stuck at no buffer that is full');
    const { leaks } = this.#recorder.run('buffers', entry, undefined, run, leftOut);
    this.#found.addAll(leaks.filter(isFilled), entry);
  }

  /** What becomes of functions that unseen code calls. What ends a registration plays no part otherwise: it is not in the slice. */
  #callBack(func: Func): void {
    if (this.#spending.budget.outsideMayLeave?.includes('callback') !== true) return;
    const budget = this.#spending.affordable(briefly(this.#spending.budget));
    const { method } = this.#workspace;
    const entry = this.#workspace.codeOf(func);
    const program = { entry, entryHints: this.#workspace.hintsOf(func), method };
    const key = { func, rung: 'callbacks' as const, budget, wholeProgram: false, weigh: this.#options.weigh };
    const result = this.#recorder.run('callbacks', entry, undefined, () =>
      this.#spending.count(this.#workspace.result(key, () => searchCallbacks(program, budget, this.#judge(false)))),
    );
    this.#found.addAll(result.leaks, entry);
  }

  /** Who is stuck at something that the function itself made, whatever the functions do that have nothing to do with it. */
  #narrowly(func: Func, wholeProgram: boolean): boolean {
    return (['made', 'own', 'text'] as const).some((scope) => this.#isDecidedIn(scope, func, wholeProgram));
  }

  #isDecidedIn(scope: Scope, func: Func, wholeProgram: boolean): boolean {
    if (this.#spending.isUsedUpForNarrow) return false;
    const ref = this.#workspace.codeOf(func);
    const slice = this.#workspace.narrowSliceOf(func, scope);
    if (slice?.facts.relevant !== true) return slice !== undefined;
    const round = this.#round(func, scope, slice, wholeProgram);
    const run = () => searchNarrowly(slice, this.#spending, this.#open(func, wholeProgram), round);
    const file = this.#pkg.fileOf(func);
    const isOwn = ({ stuck }: Leak) => stuck.every((each) => isMadeIn(func, file, each));
    const leftOut = (leak: Leak) => (isOwn(leak) ? undefined : 'the function does not make what it is stuck at');
    const result = this.#recorder.run(scope, ref, slice.facts, run, leftOut);
    slice.release();
    this.#found.addAll(result.leaks.filter(isOwn), ref);
    return result.exhausted === undefined || result.leaks.some(({ weight }) => weight !== 'silent');
  }

  /** One search of a slice; one that was made before is not made again. */
  #round(func: Func, rung: Rung, slice: KeptSlice, wholeProgram: boolean): Round {
    const entryHints = this.#workspace.hintsOf(func);
    return (budget, many) => {
      const rounds = many === undefined ? {} : { many };
      return this.#workspace.result({ func, rung, budget, wholeProgram, weigh: this.#options.weigh, ...rounds }, () => {
        const { entry, method } = slice.codes;
        return search({ entry, entryHints, method, ...rounds }, budget, this.#judge(wholeProgram));
      });
    };
  }

  /** What is stuck in the user's code, and what it is worth. */
  #judge(wholeProgram: boolean): Judge {
    return (path) => {
      const leak: Leak = { ...path, stuck: userStuck(path), ...(wholeProgram ? { program: true } : {}) };
      return { ...leak, weight: leak.stuck.length === 0 ? 'silent' : (this.#options.weigh?.(leak) ?? 'error') };
    };
  }

  /** The outside may also leave channels that it knows in some roles. */
  #open(func: Func, wholeProgram: boolean): Partial<Budget> {
    const roles: readonly OutsideRole[] = wholeProgram ? [] : openRolesOf(this.#pkg, func);
    return roles.length === 0 ? {} : { outsideMayLeave: [...(this.#spending.budget.outsideMayLeave ?? []), ...roles] };
  }
}
