/** `goplumber baseline write|prune`: known findings are kept in a file, which `check --baseline` reads. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reasonOf } from '../local/folder.ts';
import { type Baseline, baselineOf, formatBaseline, pruned, readBaseline } from './baseline.ts';
import { check } from './check.ts';
import type { CheckOptions } from './check-options.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export const defaultBaseline = '.goplumber-baseline.json';

export interface BaselineOptions {
  readonly file: string;
  readonly config?: string;
}

/** Writes every finding of these packages into a new baseline. */
export async function writeBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  terminal: Terminal,
): Promise<number> {
  const baseline = baselineOf((await check(paths, checkOptions(options), terminal)).report.diagnostics);
  await save(baseline, options, terminal);
  terminal.err(`goplumber: wrote ${findings(baseline)} to ${options.file}\n`);
  return 0;
}

/** Drops what is no longer found; nothing is added. */
export async function pruneBaseline(
  paths: readonly string[],
  options: BaselineOptions,
  terminal: Terminal,
): Promise<number> {
  const before = await readBaseline(resolve(terminal.cwd, options.file), options.file);
  const after = pruned(before, (await check(paths, checkOptions(options), terminal)).report.diagnostics);
  await save(after, options, terminal);
  terminal.err(`goplumber: ${findings(after)} left of ${total(before)} in ${options.file}\n`);
  return 0;
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

function findings(baseline: Baseline): string {
  const count = total(baseline);
  return `${count} finding${count === 1 ? '' : 's'}`;
}
