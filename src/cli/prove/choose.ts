/** Which finding a person means by a fingerprint, `FILE:LINE`, or `RULE at FILE:LINE`. */
import { basename, dirname } from 'node:path';
import type { ReportedDiagnostic } from '../report.ts';
import { UsageError } from '../usage-error.ts';

/** A place as it is written, or part of a fingerprint. */
export type Wanted =
  | { readonly kind: 'place'; readonly rule?: string; readonly file: string; readonly line: number }
  | { readonly kind: 'fingerprint'; readonly text: string };

/** Reads the words of the command line. Throws `UsageError` for what is neither. */
export function wantedOf(words: readonly string[]): Wanted {
  const text = words.join(' ').trim();
  const place = /^(?:([a-z][a-z-]*) at )?(\S.*?\.go):(\d+)(?::\d+)?$/.exec(text);
  if (place) {
    const [, rule, file = '', line] = place;
    return { kind: 'place', ...(rule === undefined ? {} : { rule }), file, line: Number(line) };
  }
  if (/^[0-9a-f][0-9a-f-]{5,}$/.test(text)) return { kind: 'fingerprint', text };
  throw new UsageError(
    `${JSON.stringify(text)} names no finding; give its fingerprint, FILE:LINE, or "RULE at FILE:LINE", as check prints them`,
  );
}

/** What has to be checked to meet the finding. */
export function pathsOf(wanted: Wanted): readonly string[] {
  return wanted.kind === 'place' ? [dirname(wanted.file)] : ['./...'];
}

/** The one finding that is meant, a finding with a witness before others. Throws `UsageError` when there is none or several. */
export function chosen(wanted: Wanted, findings: readonly ReportedDiagnostic[]): ReportedDiagnostic {
  const matching = findings.filter((finding) => matches(wanted, finding));
  const witnessed = matching.filter(({ scenario }) => scenario !== undefined);
  const left = witnessed.length > 0 ? witnessed : matching;
  const [only] = left;
  if (only && new Set(left.map(({ fingerprint }) => fingerprint)).size === 1) return only;
  if (only) throw new UsageError(`that matches several findings: ${left.map(nameOf).join(', ')}; name one of them`);
  throw new UsageError(`there is no such finding; ${near(wanted, findings)}`);
}

function matches(wanted: Wanted, { rule, fingerprint, defect }: ReportedDiagnostic): boolean {
  if (wanted.kind === 'fingerprint') return fingerprint.startsWith(wanted.text);
  if (wanted.rule !== undefined && wanted.rule !== rule) return false;
  return (
    basename(defect.path) === basename(wanted.file) && defect.startLine <= wanted.line && wanted.line <= defect.endLine
  );
}

/** As the command takes it. */
export function nameOf({ rule, defect }: ReportedDiagnostic): string {
  return `${rule} at ${defect.path}:${defect.startLine}`;
}

function near(wanted: Wanted, findings: readonly ReportedDiagnostic[]): string {
  const provable = findings.filter(({ scenario }) => scenario !== undefined);
  if (provable.length === 0) return 'no finding there has a witness';
  const distance = ({ defect }: ReportedDiagnostic) =>
    wanted.kind === 'place' ? Math.abs(defect.startLine - wanted.line) : 0;
  const [closest] = [...provable].sort((a, b) => distance(a) - distance(b));
  return closest ? `did you mean ${JSON.stringify(nameOf(closest))}?` : '';
}
