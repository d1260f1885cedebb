/** `goplumber profile FILE`: which finding explains which stack of a goroutine profile. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { reasonOf } from '../../local/folder.ts';
import { check } from '../check.ts';
import { visible } from '../escape.ts';
import { painter } from '../format/paint.ts';
import type { ReportedDiagnostic } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { type Frame, readStacks, type Stack } from './stacks.ts';

export interface ProfileOptions {
  readonly config?: string;
}

/** Prints the stacks that pass through the checked code, most goroutines first. Returns 1 when a finding explains one. */
export async function explainProfile(
  file: string,
  paths: readonly string[],
  options: ProfileOptions,
  terminal: Terminal,
): Promise<number> {
  const bytes = await readFile(resolve(terminal.cwd, file)).catch((error: unknown) => {
    throw new UsageError(`cannot read ${file}: ${reasonOf(error)}`);
  });
  const stacks = readStacks(bytes);
  if (!stacks)
    throw new UsageError(`${file} is not a goroutine profile that Go writes (text with debug=1 or 2, or pprof)`);
  const { report } = await check(paths, { format: 'text', ...options }, terminal);
  let explained = 0;
  for (const stack of [...stacks].sort((a, b) => b.count - a.count)) {
    const findings = report.diagnostics.filter((finding) => explains(finding, stack));
    if (findings.length > 0) explained++;
    terminal.out(block(stack, findings, terminal.colours));
  }
  terminal.out(`${explained} of ${stacks.length} stacks explained by findings\n`);
  return explained > 0 ? 1 : 0;
}

/** An error or warning explains a stack that stands at the operation that blocks. */
export function explains({ severity, defect, witness }: ReportedDiagnostic, { frames }: Stack): boolean {
  if (severity === 'info') return false;
  const last = witness.at(-1);
  return frames.some(
    (frame) =>
      (isAt(frame, defect.path) && frame.line >= defect.startLine && frame.line <= defect.endLine) ||
      (last !== undefined && isAt(frame, last.path) && frame.line === last.line),
  );
}

/** Profiles name files as the build saw them, so the end of the path has to do. */
function isAt(frame: Frame, path: string): boolean {
  const inside = path.replace(/^(\.\.?\/)+/, '');
  return frame.file === inside || frame.file.endsWith(`/${inside}`);
}

const maxFrames = 6;

function block(stack: Stack, findings: readonly ReportedDiagnostic[], colours: boolean): string {
  const paint = painter(colours);
  const outer = stack.frames.filter(({ func }) => !func.startsWith('runtime.'));
  const frames = outer
    .slice(0, maxFrames)
    .map(({ func, file, line }) => `  ${visible(func)} ${paint('faint', visible(`${file}:${line}`))}`);
  const count = `${stack.count} goroutine${stack.count === 1 ? '' : 's'}`;
  const reasons = findings.flatMap((finding) => {
    const { rule, severity, defect, message, advice } = finding;
    const [fix] = finding.fixes.filter(({ verified }) => verified);
    return [
      `  ${paint(severity, severity)} ${rule} at ${visible(`${defect.path}:${defect.startLine}`)}: ${visible(message)}`,
      ...(fix
        ? [`  fix (verified): ${visible(fix.message)}`]
        : advice === undefined
          ? []
          : [`  do: ${visible(advice)}`]),
    ];
  });
  const said = reasons.length === 0 ? ['  no finding explains this stack'] : reasons;
  return `${[paint('bold', count), ...frames, ...said].join('\n')}\n\n`;
}
