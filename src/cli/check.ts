/** The command `goplumber check`: from its options to a report, its output and the exit code. */
import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { configAt, configOnDisk } from '../local/config-file.ts';
import { userCacheFolder } from '../local/disk-cache.ts';
import { reasonOf } from '../local/folder.ts';
import { resolvePatterns } from '../local/package-pattern.ts';
import { checkoutTop } from '../local/regular-file.ts';
import { openRepository, resolveCommit } from '../local/repository.ts';
import { reaches } from '../review/severity.ts';
import { rules } from '../rules/index.ts';
import { interruptible } from '../work/meter.ts';
import { readBaseline, withoutKnown } from './baseline.ts';
import { checkChange } from './check-change.ts';
import { checkFiles } from './check-files.ts';
import { type CheckOptions, configured, mustAgree } from './check-options.ts';
import { loadConfig, ruleMetas } from './config.ts';
import { addedLines, onAddedLines } from './diff-scope.ts';
import { visible } from './escape.ts';
import { buildId, type CachePlace } from './files/outcome-cache.ts';
import { planFixes } from './fix/plan.ts';
import { applyVerified, patchOf } from './fix/run.ts';
import { formats } from './format/index.ts';
import { formatFinding, formatSummary } from './format/text.ts';
import { type Progress, startProgress } from './progress.ts';
import { type CheckReport, fromRoot, type ReportedDiagnostic } from './report.ts';
import { rulePages } from './rules-command.ts';
import { tellStats } from './stats.ts';
import type { Terminal } from './terminal.ts';
import { defaultTimeout, endingNote, startLimit, type TimeLimit, timedOutCode } from './time-limit.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** Exit code of a run that Ctrl-C ended, as a shell has it. */
const interruptedCode = 130;

/**
 * Runs a check and prints it. Returns 0 or 1, 2 when a file could not be fixed or a named file does not parse, 130
 * after Ctrl-C, 124 after its limit of time; throws `UsageError` or `LocalError` for what else is 2.
 */
export async function runCheck(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  if (options.explain !== undefined) {
    const { explainCommand } = await import('./explain/command.ts');
    return explainCommand(options.explain, paths, options, terminal);
  }
  const started = terminal.now();
  const isStreamed = streams(options);
  const limit = startLimit(options.timeout ?? defaultTimeout, terminal);
  const checked = await check(paths, options, terminal, {
    limit,
    ...(isStreamed && { found: (one) => tellFinding(one, terminal) }),
  });
  const { root, config } = checked;
  let { report } = checked;
  let failed = tellBroken(report, paths, options, terminal);
  if (options.diff) {
    await print(patchOf(planFixes(report)), options, terminal);
  } else {
    if (options.fix) {
      const outcome = await applyVerified(root, report, terminal);
      report = outcome.report;
      failed ||= outcome.failed;
    }
    if (!options.quiet) tellAsides(report, options, terminal);
    const shown = options.format === 'sarif' || options.format === 'github' ? fromRoot(report, checked.below) : report;
    const pages = options.format === 'sarif' ? { pages: await rulePages() } : {};
    const colours = terminal.colours && options.output === undefined;
    const context = { rules: ruleMetas, version, colours, ...pages };
    const text = isStreamed ? formatSummary(shown.summary) : formats[options.format](shown, context);
    await print(
      options.quiet && report.diagnostics.length === 0 && options.format === 'text' ? '' : text,
      options,
      terminal,
    );
  }
  if (options.stats) tellStats(report, terminal.now() - started, terminal);
  if (failed) return 2;
  if (terminal.interrupted?.()) return interruptedCode;
  if (limit.wasHeard()) return timedOutCode;
  const failOn = options.failOn ?? config.failOn;
  return report.diagnostics.some(({ severity }) => reaches(severity, failOn)) ? 1 : 0;
}

/** Whether findings are printed as they come: where nothing is done to the report before. */
function streams({ format, output, fix, diff, base, staged, diffFrom, baseline }: CheckOptions): boolean {
  if (format !== 'text' || fix === true || diff === true || staged === true) return false;
  return [output, base, diffFrom, baseline].every((option) => option === undefined);
}

function tellFinding(diagnostic: ReportedDiagnostic, terminal: Terminal): void {
  terminal.out(formatFinding(diagnostic, terminal.colours));
}

/** What a run tells and asks while it goes on. */
interface Events {
  readonly limit: TimeLimit;
  /** Told each finding as soon as it is verified, where whole files are checked. */
  readonly found: (diagnostic: ReportedDiagnostic) => void;
}

export interface Checked {
  readonly report: CheckReport;
  readonly config: Config;
  /** Absolute; the paths of the report are relative to it. */
  readonly root: string;
  /** Where `root` lies below the top of its repository; empty at the top. */
  readonly below: string;
}

/** Makes the report that the options ask for, without what a baseline knows. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
  { limit = startLimit('0', terminal), found }: Partial<Events> = {},
): Promise<Checked> {
  mustAgree(options);
  const folder = resolve(terminal.cwd, options.repo ?? '.');
  await mustBeFolder(folder, options.repo ?? '.');
  const progress = startProgress(terminal);
  try {
    const base = options.base ?? (options.staged ? 'HEAD' : undefined);
    const run: Run = { options, terminal, progress, limit, ...(found && { found }) };
    const checked = await interruptible(limit.isOver, () =>
      base === undefined ? filesIn(folder, paths, run) : changeIn(folder, base, paths, run),
    );
    if (options.baseline === undefined) return checked;
    const baseline = await readBaseline(resolve(terminal.cwd, options.baseline), options.baseline);
    return { ...checked, report: withoutKnown(checked.report, baseline) };
  } finally {
    progress.done();
  }
}

/** One run: what is asked, and what is around it. */
interface Run extends Pick<Events, 'limit'>, Partial<Pick<Events, 'found'>> {
  readonly options: CheckOptions;
  readonly terminal: Terminal;
  readonly progress: Progress;
}

async function filesIn(
  folder: string,
  args: readonly string[],
  { options, terminal, progress, limit, found }: Run,
): Promise<Checked> {
  const config = configured(await loadConfig(options.config, terminal, () => configOnDisk(folder)), options);
  const fixes = options.format !== 'github' || options.fix === true || options.diff === true;
  const below = await placeInRepository(folder);
  const cache = cachePlace(options, terminal);
  const parts = {
    root: folder,
    config,
    rules,
    fixes,
    ...(options.jobs === 0 ? {} : { jobs: options.jobs ?? availableParallelism() }),
    ...(cache && { cache }),
    stopped: () => terminal.interrupted?.() === true || limit.isOver(),
    ending: () => endingNote(limit),
    ...(found && { found: clearing(progress, found) }),
  };
  if (options.diffFrom === undefined) {
    const paths = await resolvePatterns(folder, args.length === 0 ? ['./...'] : args);
    return { config, root: folder, below, report: await checkFiles({ ...parts, paths }, progress) };
  }
  const added = addedLines(await diffText(options.diffFrom, terminal));
  const inFolder = new Map(
    [...added].flatMap(([path, lines]) => {
      const here = relative(resolve('/', below), resolve('/', path)).split(sep).join('/');
      return here.startsWith('../') || !path.endsWith('.go') ? [] : [[here, lines] as const];
    }),
  );
  const present = await presentIn(folder, [...inFolder.keys()]);
  const report = await checkFiles({ ...parts, paths: [...new Set(present.map((path) => dirname(path)))] }, progress);
  const touches = (path: string, from: number, to: number) =>
    [...(inFolder.get(path) ?? [])].some((line) => line >= from && line <= to);
  return { config, root: folder, below, report: onAddedLines(report, touches) };
}

/** The line about the progress gives way to a finding. */
function clearing(progress: Progress, found: (diagnostic: ReportedDiagnostic) => void): typeof found {
  return (diagnostic) => {
    progress.done();
    found(diagnostic);
  };
}

/** Where outcomes are kept; undefined when none are. */
function cachePlace({ cache, cacheDir }: CheckOptions, terminal: Terminal): CachePlace | undefined {
  const build = cache === false ? undefined : buildId();
  if (build === undefined) return undefined;
  const folder =
    cacheDir === undefined ? join(userCacheFolder(terminal.env), 'goplumber') : resolve(terminal.cwd, cacheDir);
  return { folder, build };
}

async function changeIn(
  folder: string,
  rev: string,
  args: readonly string[],
  { options, terminal, progress, limit }: Run,
): Promise<Checked> {
  const repository = await openRepository(folder);
  const base = await resolveCommit(repository, rev);
  const config = configured(await loadConfig(options.config, terminal, () => configAt(repository, base)), options);
  // With --repo, paths are meant from the top of that repository, which may have no files of its own on disk.
  const from = options.repo === undefined ? folder : repository.root;
  const request = {
    repository,
    base: rev,
    ...(options.head === undefined ? {} : { head: options.head }),
    staged: options.staged ?? false,
    folder: from,
    paths: args.length === 0 ? ['./...'] : args,
    config,
    rules,
    ending: () => (limit.wasHeard() ? endingNote(limit) : undefined),
  };
  return { config, root: repository.root, below: '', report: await checkChange(request, progress) };
}

async function diffText(name: string, terminal: Terminal): Promise<string> {
  if (name === '-') return (await terminal.input?.()) ?? '';
  return readFile(resolve(terminal.cwd, name), 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${name}: ${reasonOf(error)}`);
  });
}

/** Files of a diff may be gone by now. */
async function presentIn(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(resolve(folder, path)).then(
        (info) => info.isFile(),
        () => false,
      ),
    ),
  );
  return paths.filter((_, index) => found[index]);
}

/** Where a folder lies below the top of its checkout; empty at the top and outside of any. */
async function placeInRepository(folder: string): Promise<string> {
  const top = await checkoutTop(folder);
  if (top === undefined) return '';
  const below = relative(await realpath(top), await realpath(folder));
  return below.startsWith('..') || isAbsolute(below) ? '' : below.split(sep).join('/');
}

/** Throws `UsageError` for a folder that is none; `said` is how it was named. */
export async function mustBeFolder(folder: string, said: string): Promise<void> {
  const reason = await stat(folder).then(
    (info) => (info.isDirectory() ? undefined : 'not a folder'),
    (error: unknown) => reasonOf(error),
  );
  if (reason !== undefined) throw new UsageError(`cannot read ${said}: ${reason}`);
}

/** Prints a report, to a file if one is asked for. */
export async function print(text: string, options: CheckOptions, terminal: Terminal): Promise<void> {
  if (options.output === undefined) return terminal.out(text);
  await writeFile(resolve(terminal.cwd, options.output), text).catch((error: unknown) => {
    throw new UsageError(`cannot write ${options.output}: ${reasonOf(error)}`);
  });
}

/** A file that was named and does not parse was not checked as asked. Returns whether there is one. */
function tellBroken(report: CheckReport, paths: readonly string[], options: CheckOptions, terminal: Terminal): boolean {
  if (options.base !== undefined || !paths.some((path) => path.endsWith('.go'))) return false;
  const broken = report.summary.filesSkipped.filter(
    (file) => file.broken && paths.some((path) => path.split(sep).join('/').replace(/^\.\//, '') === file.path),
  );
  for (const { path, reason } of broken) terminal.err(`goplumber: ${visible(path)}: ${visible(reason)}\n`);
  return broken.length > 0;
}

/** More lines than these about what was skipped would bury the findings. */
const maxSkippedLines = 20;

/** What people should know beside the findings goes to stderr; JSON and SARIF hold what was skipped themselves. */
function tellAsides(report: CheckReport, options: CheckOptions, terminal: Terminal): void {
  for (const note of report.notes) terminal.err(`goplumber: ${visible(note)}\n`);
  if (options.format === 'text' || options.format === 'github') tellSkipped(report, terminal);
  if (report.summary.filesAnalysed > 0) return;
  const where =
    options.base === undefined && !options.staged
      ? 'there are no Go files to check here'
      : 'the change holds no Go files to check';
  terminal.err(`goplumber: ${where}\n`);
}

function tellSkipped(report: CheckReport, terminal: Terminal): void {
  const worth = report.summary.filesSkipped.filter((file) => file.expected !== true);
  for (const { path, reason } of worth.slice(0, maxSkippedLines)) {
    terminal.err(`goplumber: skipped ${visible(path)}: ${visible(reason)}\n`);
  }
  const more = worth.length - maxSkippedLines;
  if (more > 0) terminal.err(`goplumber: skipped ${more} more; --format json lists them\n`);
}
