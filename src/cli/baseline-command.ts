/** `goplumber baseline write|prune`: known findings are kept in a file, which `check --baseline` reads. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reasonOf } from '../local/folder.ts';
import { type Baseline, baselineOf, formatBaseline, type IsKept, pruned, readBaseline, renewed } from './baseline.ts';
import { check, interruptedCode } from './check.ts';
import type { CheckOptions } from './check-options.ts';
import { fromRoot } from './moved-paths.ts';
import type { ReportedDiagnostic } from './report.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export const defaultBaseline = '.goplumber-baseline.json';

export interface BaselineOptions {
  readonly file: string;
  readonly config?: string;
}

/** Writes every finding of these packages into a baseline; what it holds of other packages stays. */
export async function writeBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  terminal: Terminal,
): Promise<number> {
  const before = await baselineIfUsable(options, terminal);
  const now = await look(paths, options, terminal);
  if (now === undefined) return leftAlone(options, terminal);
  const after = renewed(before, now.found, now.isKept);
  await save(after, options, terminal);
  const others = total(after) - total(baselineOf(now.found));
  const rest = others === 0 ? '' : `, and kept ${others} of other packages`;
  terminal.err(`goplumber: wrote ${counted(total(after) - others)} to ${options.file}${rest}\n`);
  return 0;
}

/** Drops what is no longer found; nothing is added, and what was not looked at stays. */
export async function pruneBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  terminal: Terminal,
): Promise<number> {
  const before = await readBaseline(resolve(terminal.cwd, options.file), options.file);
  const now = await look(paths, options, terminal);
  if (now === undefined) return leftAlone(options, terminal);
  const after = pruned(before, now.found, now.isKept);
  await save(after, options, terminal);
  terminal.err(`goplumber: kept ${total(after)} of ${counted(total(before))} in ${options.file}\n`);
  return 0;
}

/** A baseline that cannot be used is replaced, as its message says. */
async function baselineIfUsable({ file }: BaselineOptions, terminal: Terminal): Promise<Baseline> {
  try {
    return await readBaseline(resolve(terminal.cwd, file), file);
  } catch (error) {
    if (error instanceof UsageError) return { entries: new Map() };
    throw error;
  }
}

interface Look {
  /** With paths from the top of the repository, wherever the command runs. */
  readonly found: readonly ReportedDiagnostic[];
  readonly isKept: IsKept;
}

/** Checks the packages; undefined when that was interrupted, as nobody knows then what is no longer there. */
async function look(paths: readonly string[], options: BaselineOptions, terminal: Terminal): Promise<Look | undefined> {
  const { report, root, below, scope } = await check(paths, checkOptions(options), terminal);
  if (terminal.interrupted?.()) return undefined;
  const top = resolve(root, ...below.split('/').map((part) => (part === '' ? '.' : '..')));
  return {
    found: fromRoot(report, below).diagnostics,
    isKept: (path) => !scope(path) && existsSync(resolve(top, path)),
  };
}

function leftAlone({ file }: BaselineOptions, terminal: Terminal): number {
  terminal.err(`goplumber: interrupted: ${file} was left as it is\n`);
  return interruptedCode;
}

/** The output format decides whether fixes are looked for; a baseline needs none. */
function checkOptions({ config }: BaselineOptions): CheckOptions {
  return { format: 'github', ...(config === undefined ? {} : { config }) };
}

async function save(baseline: Baseline, { file }: BaselineOptions, terminal: Terminal): Promise<void> {
  await writeFile(resolve(terminal.cwd, file), formatBaseline(baseline)).catch((error: unknown) => {
    throw new UsageError(`cannot write ${file}: ${reasonOf(error)}`);
  });
}

function total({ entries }: Baseline): number {
  return [...entries.values()].reduce((sum, { count }) => sum + count, 0);
}

function counted(count: number): string {
  return `${count} finding${count === 1 ? '' : 's'}`;
}
