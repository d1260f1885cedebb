/** The command `goplumber check`: from its options to a report, its output and the exit code. */
import { stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reasonOf } from '../local/folder.ts';
import { reaches } from '../review/severity.ts';
import { interruptible } from '../work/meter.ts';
import { tellAsides, tellBroken } from './asides.ts';
import { readBaseline, withoutKnown } from './baseline.ts';
import { type CheckOptions, mustAgree } from './check-options.ts';
import { type Checked, changeIn, type Events, filesIn, type Run } from './check-run.ts';
import { ruleMetas } from './config.ts';
import { planFixes } from './fix/plan.ts';
import { applyVerified, patchOf } from './fix/run.ts';
import { formats } from './format/index.ts';
import { formatFinding, formatSummary } from './format/text.ts';
import { fromRoot } from './moved-paths.ts';
import { startProgress } from './progress.ts';
import type { CheckReport, ReportedDiagnostic } from './report.ts';
import { rulePages } from './rules-command.ts';
import { tellStats } from './stats.ts';
import type { Terminal } from './terminal.ts';
import { defaultTimeout, startLimit, type TimeLimit, timedOutCode } from './time-limit.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** Exit code of a run that Ctrl-C ended, as a shell has it. */
export const interruptedCode = 130;

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
      const outcome = await applyVerified(root, report, terminal, () => checkAgain(paths, options, terminal, limit));
      report = outcome.report;
      failed ||= outcome.failed;
    }
    if (!options.quiet) tellAsides(report, paths, options, terminal);
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

/** The report of the files as they are now. Undefined for a diff, which counts in the lines before, and at a premature end. */
async function checkAgain(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
  limit: TimeLimit,
): Promise<CheckReport | undefined> {
  if (options.diffFrom !== undefined) return undefined;
  const { report } = await check(paths, options, terminal, { limit });
  return terminal.interrupted?.() || limit.isOver() ? undefined : report;
}

/** Whether findings are printed as they come: where nothing is done to the report before. */
function streams({ format, output, fix, diff, base, staged, diffFrom, baseline }: CheckOptions): boolean {
  if (format !== 'text' || fix === true || diff === true || staged === true) return false;
  return [output, base, diffFrom, baseline].every((option) => option === undefined);
}

function tellFinding(diagnostic: ReportedDiagnostic, terminal: Terminal): void {
  terminal.out(formatFinding(diagnostic, terminal.colours));
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
