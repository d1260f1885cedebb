/** A report with its paths counted from another folder. */
import { posix } from 'node:path';
import { unifiedDiff } from '../text/diff.ts';
import { applyEdits } from '../text/text-edit.ts';
import { type CheckReport, compareReported, type ReportedDiagnostic, type ReportedFix } from './report.ts';

/** The same report with paths from the top of the repository, in which its folder lies at `below`. */
export function fromRoot(report: CheckReport, below: string): CheckReport {
  return below === '' ? report : moved(report, (path) => posix.join(below, path));
}

/** The inverse: paths from the folder at `below`, as somebody in that folder writes them. */
export function fromFolder(report: CheckReport, below: string): CheckReport {
  if (below === '') return report;
  const inside = moved(report, inFolder(below));
  return { ...inside, diagnostics: [...inside.diagnostics].sort(compareReported) };
}

/** The same for one finding. */
export function findingFromFolder(finding: ReportedDiagnostic, below: string): ReportedDiagnostic {
  return below === '' ? finding : movedFinding(finding, movedWith(inFolder(below)));
}

function inFolder(below: string): (path: string) => string {
  return (path) => posix.relative(`/${below}`, `/${path}`);
}

type Move = <T extends { readonly path: string }>(value: T) => T;

/** Absolute paths lie outside of the repository, and stay. */
function movedWith(rename: (path: string) => string): Move {
  return (value) => (value.path.startsWith('/') ? value : { ...value, path: rename(value.path) });
}

function moved(report: CheckReport, rename: (path: string) => string): CheckReport {
  const move = movedWith(rename);
  const { filesSkipped, implausible } = report.summary;
  return {
    ...report,
    diagnostics: report.diagnostics.map((finding) => movedFinding(finding, move)),
    summary: { ...report.summary, filesSkipped: filesSkipped.map(move), implausible: implausible.map(move) },
  };
}

function movedFinding(finding: ReportedDiagnostic, move: Move): ReportedDiagnostic {
  return {
    ...move(finding),
    related: finding.related.map(move),
    witness: finding.witness.map(move),
    fixes: finding.fixes.map((fix) => movedFix(fix, move)),
    defect: move(finding.defect),
  };
}

/** The diff names its files, so it is made anew. */
function movedFix(fix: ReportedFix, move: Move): ReportedFix {
  const files = fix.files.map(move);
  const changes = files.flatMap(({ path, text, edits }) => {
    const newText = applyEdits(text, edits);
    return typeof newText === 'string' ? [{ path, oldText: text, newText }] : [];
  });
  return { ...fix, edits: fix.edits.map(move), files, diff: unifiedDiff(changes, 1) };
}
