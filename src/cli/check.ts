/** The command `goplumber check`: from its options to a report, its output and the exit code. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config, FailOn } from '../config/config.ts';
import type { GoVersion } from '../go/package.ts';
import { configAt, configOnDisk } from '../local/config-file.ts';
import { reasonOf } from '../local/folder.ts';
import { openRepository, resolveCommit } from '../local/repository.ts';
import { reaches } from '../review/severity.ts';
import { rules } from '../rules/index.ts';
import { checkChange } from './check-change.ts';
import { checkFiles } from './check-files.ts';
import { loadConfig, ruleMetas } from './config.ts';
import { visible } from './escape.ts';
import { formatGitHub } from './format/github.ts';
import { formatJson } from './format/json.ts';
import { formatSarif } from './format/sarif.ts';
import { formatText } from './format/text.ts';
import { type Progress, startProgress } from './progress.ts';
import type { CheckReport, Format } from './report.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

const formats = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  github: formatGitHub,
} as const satisfies Record<string, Format>;
export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

export interface CheckOptions {
  readonly repo?: string;
  readonly base?: string;
  readonly head?: string;
  readonly config?: string;
  readonly go?: GoVersion;
  readonly format: FormatName;
  /** Absent = as the configuration says. */
  readonly failOn?: FailOn;
}

/** Runs a check and prints it. Returns exit code 0 or 1; throws `UsageError` or `LocalError` for what is 2. */
export async function runCheck(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  if (options.head !== undefined && options.base === undefined) {
    throw new UsageError('--head says what is compared with the base; it needs --base REV');
  }
  const folder = resolve(terminal.cwd, options.repo ?? '.');
  await mustBeFolder(folder, options.repo ?? '.');
  const progress = startProgress(terminal);
  try {
    const { report, config } = await checkIn(
      folder,
      paths.length === 0 ? ['./...'] : paths,
      options,
      terminal,
      progress,
    );
    progress.done();
    tellAsides(report, options, terminal);
    terminal.out(formats[options.format](report, { rules: ruleMetas, version, colours: terminal.colours }));
    const failOn = options.failOn ?? config.failOn;
    return report.diagnostics.some(({ severity }) => reaches(severity, failOn)) ? 1 : 0;
  } finally {
    progress.done();
  }
}

interface Checked {
  readonly report: CheckReport;
  readonly config: Config;
}

async function checkIn(
  folder: string,
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
  progress: Progress,
): Promise<Checked> {
  const withGo = (config: Config): Config => (options.go === undefined ? config : { ...config, goVersion: options.go });
  if (options.base === undefined) {
    const config = withGo(await loadConfig(options.config, terminal, () => configOnDisk(folder)));
    const fixes = options.format !== 'github';
    return { config, report: await checkFiles({ root: folder, paths, config, rules, fixes }, progress) };
  }
  const repository = await openRepository(folder);
  const base = await resolveCommit(repository, options.base);
  const config = withGo(await loadConfig(options.config, terminal, () => configAt(repository, base)));
  const head = options.head === undefined ? {} : { head: options.head };
  // With --repo, paths are meant from the top of that repository, which may have no files of its own on disk.
  const from = options.repo === undefined ? folder : repository.root;
  const request = { repository, base: options.base, ...head, folder: from, paths, config, rules };
  return { config, report: await checkChange(request, progress) };
}

async function mustBeFolder(folder: string, said: string): Promise<void> {
  const reason = await stat(folder).then(
    (info) => (info.isDirectory() ? undefined : 'not a folder'),
    (error: unknown) => reasonOf(error),
  );
  if (reason !== undefined) throw new UsageError(`cannot read ${said}: ${reason}`);
}

/** More lines than these about what was skipped would bury the findings. */
const maxSkippedLines = 20;

/** What people should know beside the findings goes to stderr; JSON and SARIF hold what was skipped themselves. */
function tellAsides(report: CheckReport, options: CheckOptions, terminal: Terminal): void {
  for (const note of report.notes) terminal.err(`goplumber: ${visible(note)}\n`);
  if (options.format === 'text' || options.format === 'github') tellSkipped(report, terminal);
  if (report.summary.filesAnalysed > 0) return;
  const where =
    options.base === undefined ? 'there are no Go files to check here' : 'the change holds no Go files to check';
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
