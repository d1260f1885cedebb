/**
 * The explorer's front door: which functions of a package are searched, and what comes of it.
 *
 * Every declared function and method that touches concurrency is an entry of its own, with outside values for receiver
 * and parameters. Entries are searched in order of size; each has a budget, so that the answer does not depend on time.
 */
import type { File, FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { isTestFile } from '../go/test-code.ts';
import { explorerWork, stepsFor } from '../work/limits.ts';
import { bounded, Interrupted } from '../work/meter.ts';
import { Exploration } from './exploration.ts';
import { mayBlock } from './explore-entries.ts';
import type { CodeRef } from './ir.ts';
import type { Budget, Leak, Weight } from './leak.ts';
import { literalsOf, nestedLiterals } from './open/literals.ts';
import type { SearchLog } from './search-log.ts';
import { workspaceOf } from './workspace.ts';

export interface ExploreOptions {
  readonly budget?: Partial<Budget>;
  /** States of all entries of the package together; further entries are undecided. */
  readonly packageStates?: number;
  /** Keep the leaks that other entries have at the same operation, too; for measurements. */
  readonly everyEntry?: boolean;
  /** What a leak is worth: a path that is no error does not end the search for another one. Absent: all are errors. */
  readonly weigh?: (leak: Leak) => Weight;
  /** Runs each search of an entry, which returns the states that it visited; for measurements. */
  readonly observe?: (entry: CodeRef, search: () => number) => void;
  /** Told of each search; see `explain.ts`. */
  readonly log?: SearchLog;
  /** Declared functions that are searched as entries; absent: all that are worth it. */
  readonly only?: (decl: FuncDecl) => boolean;
  /** Told how far the slices and the searches of the entries have come; for display alone. */
  readonly progress?: (phase: 'slicing' | 'searching', done: number, of: number) => void;
  /** Only functions of test files are entries: the rest of the package is searched without them. */
  readonly testsOnly?: boolean;
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
  /** One per stuck operation: the most plausible, then the one with the shortest path; those that need no outsider first. */
  readonly leaks: readonly Leak[];
  readonly undecided: readonly Undecided[];
  readonly statistics: ExploreStatistics;
}

/** Searches all entries of a package. Pure and deterministic; a package without concurrency costs a look at its text. */
export function explorePackage(pkg: GoPackage, options: ExploreOptions = {}): PackageLeaks {
  if (!mayBlock(pkg)) return { leaks: [], undecided: [], statistics: { entries: 0, states: 0, transitions: 0 } };
  const exploration = new Exploration(pkg, options);
  try {
    bounded(stepsFor(explorerWork, pkg.size), () => exploreAll(pkg, options, exploration));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  return exploration.result();
}

function exploreAll(pkg: GoPackage, options: ExploreOptions, exploration: Exploration): void {
  const isIn = ({ path }: File): boolean => options.testsOnly !== true || isTestFile(path);
  const isEntry = (decl: FuncDecl): boolean => isIn(decl.file) && (options.only?.(decl) ?? true);
  const { entries, literals } = workspaceOf(pkg);
  const funcs = [...entries.filter(isEntry), ...literals.filter((lit) => isIn(pkg.fileOf(lit)))];
  const tasks = exploration.tasks(funcs);
  for (const [at, task] of tasks.entries()) {
    options.progress?.('searching', at, tasks.length);
    exploration.part(task.func, () => exploration.entry(task));
  }
  // What a test hands to its libraries is arranged together with the rest of the test, and its types promise nothing.
  if (options.testsOnly === true) return;
  exploration.part(undefined, () => exploration.contracts(options.only));
  for (const decl of pkg.funcDecls) if (isEntry(decl)) exploration.handedOut(literalsOf(pkg, decl));
  exploration.handedOut(nestedLiterals(pkg));
}
