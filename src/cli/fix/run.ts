/** `check --fix` and `check --diff`: what is applied or printed, what is left, and the report of the rest. */
import { unifiedDiff } from '../../text/diff.ts';
import { visible } from '../escape.ts';
import { type CheckReport, summarise } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { writeFixes } from './apply.ts';
import { type FixPlan, planFixes } from './plan.ts';

/** The verified fixes as one patch that `git apply` takes. */
export function patchOf(plan: FixPlan): string {
  return unifiedDiff(plan.files);
}

export interface FixOutcome {
  /** What is left after the fixes. */
  readonly report: CheckReport;
  /** Some file could not be written. */
  readonly failed: boolean;
}

/**
 * Applies the verified fixes below `root` and says on stderr what was done and what was left. `again` checks the files
 * as they are now: what is left has other lines, and may be more or less than before. Undefined when it did not end.
 */
export async function applyVerified(
  root: string,
  report: CheckReport,
  terminal: Terminal,
  again: () => Promise<CheckReport | undefined>,
): Promise<FixOutcome> {
  const plan = planFixes(report);
  const { written, refused } = await writeFixes(root, plan.files);
  const unwritten = new Set(refused.map(({ path }) => path));
  const kept = (path: string) => !unwritten.has(path);
  const done = plan.fixed.filter(({ fixes }) => fixes.flatMap(({ files }) => files).every(({ path }) => kept(path)));
  for (const { path, reason } of refused) terminal.err(`goplumber: not fixed ${visible(path)}: ${visible(reason)}\n`);
  const left = (written.length > 0 ? await again() : undefined) ?? without(report, new Set(done));
  const what =
    written.length === 0 && refused.length === 0
      ? 'nothing to fix'
      : `fixed ${counted(done.length, 'finding')} in ${counted(written.length, 'file')}`;
  terminal.err(`goplumber: ${what}${leftOver(plan, left)}\n`);
  return { report: left, failed: refused.length > 0 };
}

function without(report: CheckReport, gone: ReadonlySet<CheckReport['diagnostics'][number]>): CheckReport {
  const diagnostics = report.diagnostics.filter((diagnostic) => !gone.has(diagnostic));
  return { ...report, diagnostics, summary: summarise(diagnostics, report.summary) };
}

function leftOver({ overlapping }: FixPlan, left: CheckReport): string {
  const unfixable = left.diagnostics.filter(({ fixes }) => !fixes.some(({ verified }) => verified)).length;
  const again =
    overlapping.length === 0 ? [] : [`${overlapping.length} left for another run, since their fixes overlap`];
  const none = unfixable === 0 ? [] : [`${unfixable} left without a verified fix`];
  return [...again, ...none].map((text) => `; ${text}`).join('');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
