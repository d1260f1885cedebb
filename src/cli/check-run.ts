/** What a check looks at: files as they are, those of a diff, or a change between revisions. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Config } from '../config/config.ts';
import { configAt, configOnDisk } from '../local/config-file.ts';
import { userCacheFolder } from '../local/disk-cache.ts';
import { reasonOf } from '../local/folder.ts';
import { resolvePatterns } from '../local/package-pattern.ts';
import { checkoutTop } from '../local/regular-file.ts';
import { openRepository, resolveCommit } from '../local/repository.ts';
import { rules } from '../rules/index.ts';
import { checkChange } from './check-change.ts';
import { checkFiles } from './check-files.ts';
import { type CheckOptions, configured } from './check-options.ts';
import { loadConfig } from './config.ts';
import { addedLines, onAddedLines } from './diff-scope.ts';
import { buildId, type CachePlace } from './files/outcome-cache.ts';
import { findingFromFolder, fromFolder } from './moved-paths.ts';
import { type PathScope, scopeOfAll } from './path-scope.ts';
import type { Progress } from './progress.ts';
import type { CheckReport, ReportedDiagnostic } from './report.ts';
import type { Terminal } from './terminal.ts';
import { endingNote, type TimeLimit } from './time-limit.ts';
import { UsageError } from './usage-error.ts';

/** What a run tells and asks while it goes on. */
export interface Events {
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
  /** Which paths, from the top of the repository, were looked at. */
  readonly scope: PathScope;
}

/** One run: what is asked, and what is around it. */
export interface Run extends Pick<Events, 'limit'>, Partial<Pick<Events, 'found'>> {
  readonly options: CheckOptions;
  readonly terminal: Terminal;
  readonly progress: Progress;
}

export async function filesIn(
  folder: string,
  args: readonly string[],
  { options, terminal, progress, limit, found }: Run,
): Promise<Checked> {
  const config = configured(await loadConfig(options.config, terminal, () => configOnDisk(folder)), options);
  const fixes = options.format !== 'github' || options.fix === true || options.diff === true;
  const { top, below } = await placeInRepository(folder);
  const cache = cachePlace(options, terminal);
  // Counted from the top of the repository: there the configuration names its paths, and a finding has one identity
  // wherever it is looked for from.
  const parts = {
    root: top,
    folder,
    config,
    rules,
    fixes,
    ...(options.jobs === 0 ? {} : { jobs: options.jobs ?? availableParallelism() }),
    ...(cache && { cache }),
    stopped: () => terminal.interrupted?.() === true || limit.isOver(),
    ending: () => endingNote(limit),
    ...(found && { found: clearing(progress, (one) => found(findingFromFolder(one, below))) }),
  };
  const paths = await resolvePatterns(folder, args.length === 0 ? ['./...'] : args);
  const scope = scopeOfAll(top, folder, paths);
  const checked = (report: CheckReport) => ({ config, root: folder, below, scope, report: fromFolder(report, below) });
  if (options.diffFrom === undefined) return checked(await checkFiles({ ...parts, paths }, progress));
  const added = addedLines(await diffText(options.diffFrom, terminal));
  const wanted = new Map([...added].filter(([path]) => path.endsWith('.go') && scope(path)));
  const present = await presentIn(top, [...wanted.keys()]);
  const folders = [...new Set(present.map((path) => resolve(top, dirname(path))))];
  const touches = (path: string, from: number, to: number) =>
    [...(wanted.get(path) ?? [])].some((line) => line >= from && line <= to);
  return checked(onAddedLines(await checkFiles({ ...parts, paths: folders }, progress), touches));
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

export async function changeIn(
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
  const cache = cachePlace(options, terminal);
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
    ...(cache && { cache }),
  };
  const scope = scopeOfAll(repository.root, from, request.paths);
  return { config, root: repository.root, below: '', scope, report: await checkChange(request, progress) };
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

/** The top of the checkout around a folder and where the folder lies below it; the folder itself outside of any. */
async function placeInRepository(folder: string): Promise<{ readonly top: string; readonly below: string }> {
  const top = await checkoutTop(folder);
  const alone = { top: folder, below: '' };
  if (top === undefined) return alone;
  const below = relative(await realpath(top), await realpath(folder));
  return below.startsWith('..') || isAbsolute(below) ? alone : { top, below: below.split(sep).join('/') };
}
