/**
 * One kernel under `check`: the rules with the configuration's defaults over the kernel's package. A hit is an error
 * diagnostic at an operation of the right kind in the right function: its wait reason is listed for its own function,
 * or for one that leads to it in the same goroutine.
 */
import type { Diagnostic } from '../src/analysis/diagnostic.ts';
import type { Analysed } from '../src/analysis/verify.ts';
import { explorePackage } from '../src/concurrency/explore.ts';
import type { Site } from '../src/concurrency/ir.ts';
import type { StuckKind, StuckProcess } from '../src/concurrency/leak.ts';
import { defaultConfig } from '../src/config/config.ts';
import { parseFile } from '../src/go/file.ts';
import type { GoPackage, SourceFile } from '../src/go/package.ts';
import { analyseFolder, analysisOptions } from '../src/review/package-analysis.ts';
import { rules } from '../src/rules/index.ts';
import { functionNamesAt, functionOf, stackLines } from './goker-place.ts';
import type { Truth } from './goker-truth.ts';

export interface Measured {
  /** Error diagnostics, with the lines that the runtime could print for them. */
  readonly errors: readonly { readonly diagnostic: Diagnostic; readonly lines: readonly string[] }[];
  readonly pkg: GoPackage;
  /** Functions of the package that were not searched to the end, and why. */
  readonly undecided: readonly string[];
  readonly milliseconds: number;
  readonly states: number;
  /** What the explorer alone finds from any entry: for each stuck goroutine the lines of its stack. */
  readonly explored: readonly (readonly string[])[];
}

/** Runs `check` on the sources of a kernel; the explorer is asked again alone for its figures. */
export function measure(sources: readonly SourceFile[]): Measured {
  const started = performance.now();
  const analysed = checked(sources);
  const milliseconds = performance.now() - started;
  const { pkg, result } = analysed;
  const errors = result.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) => ({ diagnostic, lines: stackLines(pkg, diagnostic) }));
  const { leaks, statistics } = explorePackage(pkg, { everyEntry: true });
  const explored = leaks
    .filter((leak) => !leak.outsider)
    .flatMap((leak) => leak.stuck.map((stuck) => describe(pkg, stuck)));
  const undecided = result.unknowns.map(({ reason }) => reason);
  return { errors, pkg, undecided, milliseconds, states: statistics.states, explored };
}

function checked(sources: readonly SourceFile[]): Analysed {
  const folder = { dir: 'kernel', files: sources, goVersion: { major: 1, minor: 26 } };
  const [analysed] = analyseFolder(folder, rules, analysisOptions(defaultConfig, rules), {
    parse: parseFile,
    moduleOf: () => undefined,
  });
  if (!analysed) throw new Error('the kernel is no package');
  return analysed;
}

export interface Score {
  readonly truth: Truth;
  /** Listed goroutines at which an error diagnostic stands. */
  readonly told: number;
  /** Listed goroutines that the explorer finds from any entry. */
  readonly found: number;
  /** Errors that belong to the kernel and to no listed goroutine. */
  readonly unlisted: readonly Diagnostic[];
  readonly verdict: 'hit' | 'miss' | 'quiet' | 'FALSE';
}

/** Compares what was measured on a package with the truth about one of its kernels. */
export function score(truth: Truth, { errors, explored, pkg }: Measured): Score {
  const matching = (lines: readonly string[]) =>
    truth.patterns.filter((pattern) => lines.some((line) => pattern.test(line)));
  const told = new Set(errors.flatMap(({ lines }) => matching(lines))).size;
  const found = new Set(explored.flatMap((lines) => matching(lines))).size;
  const own = errors.filter(
    ({ diagnostic }) => truth.category === 'goker' || functionOf(pkg, diagnostic).split('.')[0] === truth.name,
  );
  const unlisted = own.filter(({ lines }) => matching(lines).length === 0).map(({ diagnostic }) => diagnostic);
  const quiet = truth.patterns.length === 0;
  const verdict = quiet ? (unlisted.length === 0 ? 'quiet' : 'FALSE') : told > 0 ? 'hit' : 'miss';
  return { truth, told, found, unlisted, verdict };
}

const reasons: Readonly<Record<StuckKind, readonly string[]>> = {
  send: ['chan send'],
  recv: ['chan receive'],
  range: ['chan receive'],
  select: ['select', 'select (no cases)'],
  'nil-send': ['chan send (nil chan)'],
  'nil-recv': ['chan receive (nil chan)'],
  wait: ['sync.WaitGroup.Wait'],
  lock: ['sync.Mutex.Lock', 'sync.RWMutex.Lock'],
  rlock: ['sync.RWMutex.RLock'],
  cond: ['sync.Cond.Wait'],
  once: ['sync.Mutex.Lock'],
  'panic-send-closed': [],
  'panic-close-closed': [],
  'panic-negative-waitgroup': [],
};

function describe(pkg: GoPackage, stuck: StuckProcess): readonly string[] {
  const sites: readonly Site[] = [stuck.site, ...stuck.callers];
  const names = new Set(sites.flatMap((site) => functionNamesAt(pkg, site.file, site.range)));
  return [...names].flatMap((name) => reasons[stuck.kind].map((reason) => `${name}() [${reason}]`));
}
