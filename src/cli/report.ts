/** What a check says, as plain data: every output format is a function of it. Lines and columns are 1-based, columns
 *  count UTF-16 units, and the end of a range is exclusive. */
import type { RuleGroup, Scenario, Severity } from '../analysis/diagnostic.ts';
import type { Implausible, RuleMeta } from '../analysis/rule.ts';
import type { TextEdit } from '../text/text-edit.ts';

/** Where a place ends, for formats that show ranges. */
export interface Extent {
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportedPlace {
  readonly path: string;
  readonly line: number;
  readonly extent?: Extent;
  readonly message: string;
}

export interface ReportedStep {
  readonly path: string;
  readonly line: number;
  readonly extent?: Extent;
  readonly text: string;
}

export interface ReportedEdit {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

export interface EditedText {
  readonly path: string;
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

export interface ReportedFix {
  readonly message: string;
  readonly verified: boolean;
  readonly edits: readonly ReportedEdit[];
  /** The fix as a unified diff with one line of context. */
  readonly diff: string;
  /** The same edits by offset, with the text that they count in; for `--fix`, not part of any output. */
  readonly files: readonly EditedText[];
}

/** Replaces whole lines of the diagnostic's file; `replacement` has no line ending at its end. */
export interface ReportedSuggestion {
  readonly startLine: number;
  readonly endLine: number;
  readonly replacement: string;
}

/** A range of the analysed text, with its first line as it stands in the source; of a long line what is near the range. */
export interface Excerpt {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
  /** UTF-16 units of the line that `text` leaves out before it; absent: none. */
  readonly cutBefore?: number;
  /** The whole text of the file, for formats that identify a line by what is around it. */
  readonly source?: string;
}

export interface ReportedDiagnostic {
  readonly rule: string;
  readonly group: RuleGroup;
  readonly severity: Severity;
  /** Where it is said: with `--base` a line of the change, on the LEFT side a deleted one. */
  readonly path: string;
  readonly line: number;
  /** Inclusive. */
  readonly endLine: number;
  readonly side: 'LEFT' | 'RIGHT';
  readonly message: string;
  readonly advice?: string;
  readonly fingerprint: string;
  readonly related: readonly ReportedPlace[];
  readonly witness: readonly ReportedStep[];
  /** How the path of the witness begins; for `prove`, not part of any output. */
  readonly scenario?: Scenario;
  readonly fixes: readonly ReportedFix[];
  /** Why there is no fix. */
  readonly fixRefusal?: string;
  readonly suggestion: ReportedSuggestion | null;
  /** Where the defect itself stands in the text that was analysed. */
  readonly defect: Excerpt;
}

export interface SkippedPath {
  readonly path: string;
  readonly reason: string;
  /** Left out by design, as the go command or the configuration has it; not worth a line on stderr. */
  readonly expected?: boolean;
  /** A syntax error; the rest of the file was analysed. */
  readonly broken?: boolean;
}

/** A leak of which nothing is said, with what would have to be so. */
export interface RuledOut {
  readonly path: string;
  readonly line: number;
  readonly operation: string;
  /** The function from which the path starts. */
  readonly entry: string;
  readonly kind: string;
  readonly assumption: string;
}

export interface Summary {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  /** Silenced by a comment in the source. */
  readonly suppressed: number;
  /** Questions that were not decided: out of budget, unsupported, or a rule that crashed. */
  readonly unknown: number;
  /** Leaks of which nothing is said, as their path rests on something implausible. */
  readonly implausible: readonly RuledOut[];
  readonly filesAnalysed: number;
  readonly filesSkipped: readonly SkippedPath[];
}

export interface CheckReport {
  /** Full id of the merge base; null when whole files were looked at. */
  readonly base: string | null;
  /** Full id of head, `working tree`, or null when whole files were looked at. */
  readonly head: string | null;
  readonly summary: Summary;
  /** In order of path and line. */
  readonly diagnostics: readonly ReportedDiagnostic[];
  /** What was not decided, for people: one line each. */
  readonly notes: readonly string[];
}

/** What a format needs beside the report. */
export interface FormatContext {
  readonly rules: readonly RuleMeta[];
  readonly version: string;
  readonly colours: boolean;
  /** Pages of the rules (Markdown) by id, where a format shows them. */
  readonly pages?: ReadonlyMap<string, string>;
}

export type Format = (report: CheckReport, context: FormatContext) => string;

/** As the report has it. */
export function ruledOut({ location, operation, entry, kind, assumption }: Implausible): RuledOut {
  return { path: location.path, line: location.startLine, operation, entry, kind, assumption };
}

/** Counts and skipped files of a report; the caller knows the rest. */
export function summarise(
  diagnostics: readonly ReportedDiagnostic[],
  rest: Pick<Summary, 'suppressed' | 'unknown' | 'implausible' | 'filesAnalysed' | 'filesSkipped'>,
): Summary {
  const count = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return { ...rest, error: count('error'), warning: count('warning'), info: count('info') };
}

type ReportedOrder = Pick<ReportedDiagnostic, 'path' | 'line' | 'rule'>;

/** Orders by path, then line, then rule; independent of a locale. */
export function compareReported(a: ReportedOrder, b: ReportedOrder): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  if (a.line !== b.line) return a.line - b.line;
  return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0;
}
