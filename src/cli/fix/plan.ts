/**
 * Which verified fixes of a report can be applied together. Each was verified by itself, against the text that was
 * analysed; two that touch the same place are never merged, the later one waits for another run.
 */
import { overlaps } from '../../text/offset.ts';
import { applyEdits, type TextEdit } from '../../text/text-edit.ts';
import type { CheckReport, ReportedDiagnostic, ReportedFix } from '../report.ts';

export interface PlannedFile {
  readonly path: string;
  readonly oldText: string;
  readonly newText: string;
}

export interface FixPlan {
  readonly files: readonly PlannedFile[];
  readonly fixed: readonly ReportedDiagnostic[];
  /** Verified, but at the same place as another fix. */
  readonly overlapping: readonly ReportedDiagnostic[];
  readonly withoutFix: readonly ReportedDiagnostic[];
}

interface Draft {
  readonly text: string;
  readonly edits: TextEdit[];
}

/** Takes the best verified fix of each finding, in the order of the report. */
export function planFixes(report: CheckReport): FixPlan {
  const drafts = new Map<string, Draft>();
  const fixed: ReportedDiagnostic[] = [];
  const overlapping: ReportedDiagnostic[] = [];
  const withoutFix: ReportedDiagnostic[] = [];
  for (const diagnostic of report.diagnostics) {
    const candidates = diagnostic.fixes.filter((fix) => fix.verified && fix.files.length > 0);
    const chosen = candidates.find((fix) => fits(fix, drafts));
    if (chosen) add(chosen, drafts);
    (chosen ? fixed : candidates.length > 0 ? overlapping : withoutFix).push(diagnostic);
  }
  return { files: [...drafts].flatMap(patched), fixed, overlapping, withoutFix };
}

function fits(fix: ReportedFix, drafts: ReadonlyMap<string, Draft>): boolean {
  return fix.files.every(({ path, text, edits }) => {
    const draft = drafts.get(path);
    if (!draft) return true;
    return draft.text === text && edits.every((edit) => draft.edits.every((other) => areApart(edit, other)));
  });
}

/** Two insertions at one place are apart only when they are the same, such as an import that both fixes need. */
function areApart(edit: TextEdit, other: TextEdit): boolean {
  if (isSame(edit, other)) return true;
  return !overlaps(edit.range, other.range) && edit.range.start !== other.range.start;
}

function isSame(edit: TextEdit, other: TextEdit): boolean {
  const { range, newText } = edit;
  return newText === other.newText && range.start === other.range.start && range.end === other.range.end;
}

function add(fix: ReportedFix, drafts: Map<string, Draft>): void {
  for (const { path, text, edits } of fix.files) {
    const draft = drafts.get(path) ?? { text, edits: [] };
    draft.edits.push(...edits.filter((edit) => !draft.edits.some((other) => isSame(edit, other))));
    drafts.set(path, draft);
  }
}

function patched([path, { text, edits }]: readonly [string, Draft]): readonly PlannedFile[] {
  const newText = applyEdits(text, edits);
  return typeof newText === 'string' && newText !== text ? [{ path, oldText: text, newText }] : [];
}
