/** Workflow commands of GitHub Actions: one annotation per diagnostic.
 *  https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
import type { Severity } from '../../analysis/diagnostic.ts';
import { visibleLines } from '../escape.ts';
import type { CheckReport, ReportedDiagnostic } from '../report.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

export function formatGitHub(report: CheckReport): string {
  return report.diagnostics.map((diagnostic) => `${command(diagnostic)}\n`).join('');
}

function command(diagnostic: ReportedDiagnostic): string {
  const { path, line, endLine } = placeAtHead(diagnostic);
  const properties = [
    `file=${property(path)}`,
    `line=${line}`,
    `endLine=${endLine}`,
    `title=${property(`goplumber: ${diagnostic.rule}`)}`,
  ];
  const steps = diagnostic.witness.map((step, index) => `${index + 1}. ${step.path}:${step.line}: ${step.text}`);
  const text = [diagnostic.message, ...steps, ...(diagnostic.advice === undefined ? [] : [diagnostic.advice])].join(
    '\n',
  );
  return `::${commands[diagnostic.severity]} ${properties.join(',')}::${data(text)}`;
}

/** Annotations stand on lines of the new text; a deleted line has none there. */
function placeAtHead(diagnostic: ReportedDiagnostic): {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
} {
  if (diagnostic.side === 'RIGHT') return diagnostic;
  return { path: diagnostic.defect.path, line: diagnostic.defect.startLine, endLine: diagnostic.defect.startLine };
}

function data(text: string): string {
  return visibleLines(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
