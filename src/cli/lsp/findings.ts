/** Findings as the Language Server Protocol has them: diagnostics, code actions and hovers. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Hover,
  MarkupKind,
  type Position,
  type Range,
} from 'vscode-languageserver/node.js';
import type { Excerpt, ReportedDiagnostic, ReportedEdit, ReportedFix } from '../report.ts';

/** The URI of a path of a report. */
export type UriOf = (path: string) => string;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

export function diagnosticOf(finding: ReportedDiagnostic, uriOf: UriOf): Diagnostic {
  const places = [
    ...finding.witness.map(({ path, line, text }) => ({ path, line, text })),
    ...finding.related.map(({ path, line, message }) => ({ path, line, text: message })),
  ];
  return {
    range: rangeOf(finding.defect),
    severity: severities[finding.severity],
    source: 'goplumber',
    code: finding.rule,
    message: finding.advice === undefined ? finding.message : `${finding.message}\n${finding.advice}`,
    relatedInformation: places.map(({ path, line, text }) => ({
      location: {
        uri: uriOf(path),
        range: { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 0 } },
      },
      message: text,
    })),
  };
}

/** One quick fix for each verified fix of a finding; the first is the preferred one. */
export function actionsOf(finding: ReportedDiagnostic, uriOf: UriOf): readonly CodeAction[] {
  return finding.fixes
    .filter(({ verified, edits }) => verified && edits.length > 0)
    .map((fix, index) => ({
      title: fix.message,
      kind: CodeActionKind.QuickFix,
      isPreferred: index === 0,
      diagnostics: [diagnosticOf(finding, uriOf)],
      edit: { changes: changesOf(fix, uriOf) },
    }));
}

function changesOf(fix: ReportedFix, uriOf: UriOf): Record<string, { range: Range; newText: string }[]> {
  const changes: Record<string, { range: Range; newText: string }[]> = {};
  for (const edit of fix.edits) {
    const uri = uriOf(edit.path);
    changes[uri] = [...(changes[uri] ?? []), { range: rangeOf(edit), newText: edit.newText }];
  }
  return changes;
}

/** How a finding happens, step by step; undefined when it has no witness. */
export function hoverOf(finding: ReportedDiagnostic): Hover | undefined {
  if (finding.witness.length === 0) return undefined;
  const steps = finding.witness.map(({ path, line, text }, index) => {
    const place = path === finding.defect.path ? `line ${line}` : `${path}:${line}`;
    return `${index + 1}. ${place}: ${text}`;
  });
  const value = `**${finding.rule}**: ${finding.message}\n\nHow it happens:\n\n${steps.join('\n')}`;
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(finding.defect) };
}

export function rangeOf(place: Excerpt | ReportedEdit): Range {
  return {
    start: { line: place.startLine - 1, character: place.startColumn - 1 },
    end: { line: place.endLine - 1, character: place.endColumn - 1 },
  };
}

export function overlap(one: Range, other: Range): boolean {
  return compare(one.start, other.end) <= 0 && compare(other.start, one.end) <= 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
