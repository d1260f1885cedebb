/**
 * What the check of one folder found, as plain data that can be sent to another thread and kept on disk. Texts of files
 * stand in a report many times over; they are left out on the way, since who has the files can put them back.
 */
import type { ReportedDiagnostic, RuledOut, SkippedPath } from '../report.ts';

export interface FolderOutcome {
  readonly diagnostics: readonly ReportedDiagnostic[];
  readonly skipped: readonly SkippedPath[];
  readonly notes: readonly string[];
  readonly suppressed: number;
  readonly unknown: number;
  readonly implausible: readonly RuledOut[];
  readonly filesAnalysed: number;
  /** What the folder imports and nobody could read. */
  readonly unread: readonly SkippedPath[];
}

/** Some findings without the texts of their files. */
export function withoutTexts(diagnostics: readonly ReportedDiagnostic[]): readonly ReportedDiagnostic[] {
  return replaceTexts(diagnostics, () => '');
}

/** The findings with the texts of the files of their folder. */
export function withTexts(
  diagnostics: readonly ReportedDiagnostic[],
  texts: ReadonlyMap<string, string>,
): readonly ReportedDiagnostic[] {
  return replaceTexts(diagnostics, (path) => texts.get(path) ?? '');
}

/** The texts of files that stand in a finding, by path. */
export function textsIn({ defect, fixes }: ReportedDiagnostic): ReadonlyMap<string, string> {
  const texts = new Map(fixes.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const)));
  return defect.source === undefined ? texts : texts.set(defect.path, defect.source);
}

function replaceTexts(
  diagnostics: readonly ReportedDiagnostic[],
  textOf: (path: string) => string,
): readonly ReportedDiagnostic[] {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    fixes: diagnostic.fixes.map((fix) => ({
      ...fix,
      files: fix.files.map((file) => ({ ...file, text: textOf(file.path) })),
    })),
    defect: {
      ...diagnostic.defect,
      ...(diagnostic.defect.source === undefined ? {} : { source: textOf(diagnostic.defect.path) }),
    },
  }));
}

/** An outcome of which nothing is known but some findings: its check did not come to an end. */
export function unfinished(diagnostics: readonly ReportedDiagnostic[], note?: string): FolderOutcome {
  return {
    diagnostics,
    skipped: [],
    notes: note === undefined ? [] : [note],
    suppressed: 0,
    unknown: note === undefined ? 0 : 1,
    implausible: [],
    filesAnalysed: 0,
    unread: [],
  };
}

/** What a report needs of all outcomes, in the order of the folders. */
export function joined(outcomes: readonly FolderOutcome[]): FolderOutcome {
  const unread = new Map(outcomes.flatMap((one) => one.unread.map((path) => [`${path.path} ${path.reason}`, path])));
  const sum = (of: (outcome: FolderOutcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  return {
    diagnostics: outcomes.flatMap(({ diagnostics }) => diagnostics),
    skipped: outcomes.flatMap(({ skipped }) => skipped),
    notes: outcomes.flatMap(({ notes }) => notes),
    suppressed: sum(({ suppressed }) => suppressed),
    unknown: sum(({ unknown }) => unknown),
    implausible: outcomes.flatMap(({ implausible }) => implausible),
    filesAnalysed: sum(({ filesAnalysed }) => filesAnalysed),
    unread: [...unread.values()],
  };
}
