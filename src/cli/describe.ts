/** From a diagnostic with offsets to one with lines and columns, as reports hold it. */
import type { Diagnostic, Location, SuggestedFix } from '../analysis/diagnostic.ts';
import { applyFix } from '../analysis/edits.ts';
import { unifiedDiff } from '../text/diff.ts';
import type { LineIndex } from '../text/line-index.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { Excerpt, Extent, ReportedDiagnostic, ReportedEdit, ReportedFix, ReportedSuggestion } from './report.ts';

/** The analysed text of a path, with its lines. */
export type LinesOf = (path: string) => LineIndex | undefined;

/** Where a diagnostic is said. */
export interface SaidAt {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly side: 'LEFT' | 'RIGHT';
}

/** Turns a diagnostic into its reported form; `linesOf` gives the texts that its offsets count in. */
export function describe(
  diagnostic: Diagnostic,
  said: SaidAt,
  suggestion: ReportedSuggestion | null,
  linesOf: LinesOf,
): ReportedDiagnostic {
  const { rule, group, severity, message, advice, fingerprint, related, witness, fixRefusal } = diagnostic;
  const fixes = diagnostic.fixes.map((fix) => describeFix(fix, linesOf));
  return {
    rule,
    group,
    severity,
    path: said.path,
    line: said.line,
    endLine: said.endLine,
    side: said.side,
    message,
    ...(advice === undefined ? {} : { advice }),
    fingerprint,
    related: related.map((place) => ({
      path: place.location.path,
      line: place.location.startLine,
      ...extentOf(place.location, linesOf),
      message: place.message,
    })),
    witness: witness.map((step) => ({
      path: step.location.path,
      line: step.location.startLine,
      ...extentOf(step.location, linesOf),
      text: `${step.process} ${step.text}`,
    })),
    ...(diagnostic.scenario ? { scenario: diagnostic.scenario } : {}),
    fixes,
    ...(fixes.length === 0 && fixRefusal !== undefined ? { fixRefusal } : {}),
    suggestion,
    defect: excerptOf(diagnostic.location, linesOf),
  };
}

function excerptOf(location: Location, linesOf: LinesOf): Excerpt {
  const { path, range, startLine, endLine } = location;
  const lines = linesOf(path);
  if (!lines) return { path, startLine, startColumn: 1, endLine, endColumn: 1, text: '' };
  const start = lines.positionAt(range.start);
  const end = lines.positionAt(range.end);
  return {
    path,
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...nearby(lines.lineText(start.line), start.column - 1),
    source: lines.text,
  };
}

/** More of a line than any format shows on either side of a column: thousands of findings may be on one long line. */
const shownOfLine = 1_000;

function nearby(line: string, column: number): Pick<Excerpt, 'text' | 'cutBefore'> {
  const from = Math.max(0, column - shownOfLine);
  const text = line.slice(from, column + shownOfLine);
  return from === 0 ? { text } : { text, cutBefore: from };
}

function extentOf({ path, range }: Location, linesOf: LinesOf): { readonly extent?: Extent } {
  const lines = linesOf(path);
  if (!lines) return {};
  const end = lines.positionAt(range.end);
  const extent = { startColumn: lines.positionAt(range.start).column, endLine: end.line, endColumn: end.column };
  return { extent };
}

function describeFix(fix: SuggestedFix, linesOf: LinesOf): ReportedFix {
  const patched = applyFix(fix, (path) => linesOf(path)?.text);
  const changes =
    'kind' in patched
      ? []
      : [...patched].map(([path, newText]) => ({ path, oldText: linesOf(path)?.text ?? '', newText }));
  return {
    message: fix.message,
    verified: fix.verified,
    edits: fix.files.flatMap(({ path, edits }) => edits.flatMap((edit) => describeEdit(path, edit, linesOf))),
    diff: unifiedDiff(changes, 1),
    files: fix.files.map(({ path, edits }) => ({ path, text: linesOf(path)?.text ?? '', edits })),
  };
}

function describeEdit(path: string, edit: TextEdit, linesOf: LinesOf): readonly ReportedEdit[] {
  const lines = linesOf(path);
  if (!lines) return [];
  const start = lines.positionAt(edit.range.start);
  const end = lines.positionAt(edit.range.end);
  return [
    {
      path,
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
      newText: edit.newText,
    },
  ];
}
