/** For people: place, message, the source line, the path to the defect, what to do, and the fix. */
import type { Severity } from '../../analysis/diagnostic.ts';
import { visible, visibleLines, withoutCommands } from '../escape.ts';
import type { CheckReport, FormatContext, ReportedDiagnostic, ReportedFix, Summary } from '../report.ts';
import { excerptLines } from './excerpt.ts';
import { type Paint, painter } from './paint.ts';

export function formatText(report: CheckReport, context: FormatContext): string {
  const blocks = report.diagnostics.map((diagnostic) => formatFinding(diagnostic, context.colours));
  return `${blocks.join('')}${formatSummary(report.summary)}`;
}

/** One finding, with an empty line behind it. */
export function formatFinding(diagnostic: ReportedDiagnostic, colours: boolean): string {
  return withoutCommands(`${diagnosticLines(diagnostic, painter(colours)).join('\n')}\n\n`);
}

/** The last line of a report. */
export function formatSummary(summary: Summary): string {
  return withoutCommands(`${summaryLine(summary)}\n`);
}

function diagnosticLines(diagnostic: ReportedDiagnostic, paint: Paint): readonly string[] {
  const { defect } = diagnostic;
  const atDefect =
    diagnostic.path === defect.path && diagnostic.line === defect.startLine && diagnostic.side === 'RIGHT';
  // Notes are about code that leaks nothing by itself.
  const noun = diagnostic.severity === 'info' ? 'code' : 'leak';
  const column = atDefect ? defect.startColumn : 1;
  const place = paint('bold', visible(`${diagnostic.path}:${diagnostic.line}:${column}:`));
  return [
    `${place} ${paint(diagnostic.severity, diagnostic.severity)} ${paint('bold', diagnostic.rule)}: ${visible(diagnostic.message)}`,
    ...(diagnostic.side === 'LEFT' ? ['  (reported on a line that this change deletes)'] : []),
    ...(atDefect
      ? []
      : [paint('faint', visible(`  the ${noun} is at ${defect.path}:${defect.startLine}:${defect.startColumn}`))]),
    ...excerptLines(defect, paint),
    ...witnessLines(diagnostic, paint),
    ...diagnostic.related.map(
      (place) => `  ${paint('faint', 'see')} ${visible(`${place.path}:${place.line}: ${place.message}`)}`,
    ),
    ...(diagnostic.advice === undefined ? [] : [`  ${paint('bold', 'do:')} ${visible(diagnostic.advice)}`]),
    ...fixLines(diagnostic, paint),
  ];
}

function witnessLines(diagnostic: ReportedDiagnostic, paint: Paint): readonly string[] {
  if (diagnostic.witness.length === 0) return [];
  const width = String(diagnostic.witness.length).length;
  const steps = diagnostic.witness.map((step, index) => {
    const place = step.path === diagnostic.path ? `line ${step.line}` : `${step.path}:${step.line}`;
    return `  ${String(index + 1).padStart(width + 2)}. ${paint('faint', visible(`${place}:`))} ${visible(step.text)}`;
  });
  return [`  ${paint('bold', 'how it happens:')}`, ...steps];
}

function fixLines(diagnostic: ReportedDiagnostic, paint: Paint): readonly string[] {
  const [fix] = diagnostic.fixes;
  if (!fix) return [];
  const mark = fix.verified ? 'fix (verified):' : 'fix (not verified):';
  return [`  ${paint('bold', mark)} ${visible(fix.message)}`, ...diffLines(fix, paint)];
}

/** The diff without its file headers; they say nothing new when only the diagnostic's file changes. */
function diffLines(fix: ReportedFix, paint: Paint): readonly string[] {
  const files = new Set(fix.edits.map((edit) => edit.path)).size;
  const lines = visibleLines(fix.diff)
    .split('\n')
    .filter((line, index, all) => index < all.length - 1 || line !== '');
  const shown = files > 1 ? lines : lines.filter((line, index) => index > 1 || !/^(---|\+\+\+) /.test(line));
  return shown.map((line) => `    ${paint(colourOf(line), line)}`);
}

function colourOf(line: string): 'added' | 'deleted' | 'faint' {
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'deleted' : 'faint';
}

function summaryLine(summary: Summary): string {
  const found = (['error', 'warning', 'info'] as const)
    .filter((severity) => summary[severity] > 0)
    .map((severity) => counted(summary[severity], nouns[severity]));
  const asides = [
    ...(summary.suppressed > 0 ? [`${summary.suppressed} silenced in the source`] : []),
    ...(summary.unknown > 0 ? [`${summary.unknown} not decided`] : []),
    ...(summary.implausible.length > 0 ? [`${summary.implausible.length} implausible`] : []),
    ...(summary.filesSkipped.length > 0 ? [`${counted(summary.filesSkipped.length, 'file')} skipped`] : []),
  ];
  const files = counted(summary.filesAnalysed, 'file');
  return `${found.length === 0 ? 'no findings' : found.join(', ')} in ${files}${asides.length === 0 ? '' : ` (${asides.join(', ')})`}`;
}

const nouns: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
