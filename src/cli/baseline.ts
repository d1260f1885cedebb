/**
 * A baseline: findings that are known and not reported again. It names them by fingerprint, which survives moved
 * lines, and counts them, since two findings of one function can share a fingerprint.
 */
import { readFile } from 'node:fs/promises';
import { reasonOf } from '../local/folder.ts';
import { type CheckReport, type ReportedDiagnostic, summarise } from './report.ts';
import { UsageError } from './usage-error.ts';

const baselineVersion = 1;

export interface Baseline {
  readonly entries: ReadonlyMap<string, BaselineEntry>;
}
interface BaselineEntry {
  readonly rule: string;
  readonly path: string;
  readonly count: number;
}

export function baselineOf(diagnostics: readonly ReportedDiagnostic[]): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const { fingerprint, rule, defect } of diagnostics) {
    entries.set(fingerprint, { rule, path: defect.path, count: (entries.get(fingerprint)?.count ?? 0) + 1 });
  }
  return { entries };
}

/** The file: one finding a line, in the order of path, rule and fingerprint, so that it merges well. */
export function formatBaseline({ entries }: Baseline): string {
  const findings = [...entries]
    .map(([fingerprint, { rule, path, count }]) => ({ path, rule, fingerprint, count }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const lines = findings.map((finding) => `    ${JSON.stringify(finding)}`);
  return `{\n  "version": ${baselineVersion},\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

function keyOf({
  path,
  rule,
  fingerprint,
}: {
  readonly path: string;
  readonly rule: string;
  readonly fingerprint: string;
}) {
  return `${path}\0${rule}\0${fingerprint}`;
}

/** Reads a baseline. Throws `UsageError` when it cannot be read, is none, or is of another version. */
export async function readBaseline(path: string, said: string): Promise<Baseline> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(
      `cannot read the baseline ${said}: ${reasonOf(error)}; create one with goplumber baseline write`,
    );
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new UsageError(`the baseline ${said} is not JSON`);
  }
  const { version, findings } = (document ?? {}) as { readonly version?: unknown; readonly findings?: unknown };
  if (version !== baselineVersion) {
    throw new UsageError(
      `the baseline ${said} has version ${JSON.stringify(version) ?? 'none'}, but this program reads version ${baselineVersion}; create a new one with goplumber baseline write`,
    );
  }
  if (!Array.isArray(findings) || !findings.every(isEntry)) throw new UsageError(`the baseline ${said} is damaged`);
  return { entries: new Map(findings.map(({ fingerprint, ...entry }) => [fingerprint, entry])) };
}

function isEntry(value: unknown): value is BaselineEntry & { readonly fingerprint: string } {
  const entry = (value ?? {}) as Record<string, unknown>;
  return (
    typeof entry['fingerprint'] === 'string' &&
    typeof entry['rule'] === 'string' &&
    typeof entry['path'] === 'string' &&
    Number.isInteger(entry['count'])
  );
}

/** The report without the findings of a baseline. */
export function withoutKnown(report: CheckReport, { entries }: Baseline): CheckReport {
  const left = new Map([...entries].map(([fingerprint, { count }]) => [fingerprint, count]));
  const diagnostics = report.diagnostics.filter(({ fingerprint }) => {
    const count = left.get(fingerprint) ?? 0;
    left.set(fingerprint, count - 1);
    return count <= 0;
  });
  return { ...report, diagnostics, summary: summarise(diagnostics, report.summary) };
}

/** What a check that looked at some of the files says of the entries of the others: they stay. */
export type IsKept = (path: string) => boolean;

/** Without the entries that are no longer found, so that the baseline may only shrink. */
export function pruned(baseline: Baseline, found: readonly ReportedDiagnostic[], isKept: IsKept): Baseline {
  const now = baselineOf(found).entries;
  const entries = [...baseline.entries].flatMap(([fingerprint, entry]) => {
    if (isKept(entry.path)) return [[fingerprint, entry] as const];
    const count = Math.min(entry.count, now.get(fingerprint)?.count ?? 0);
    return count === 0 ? [] : [[fingerprint, { ...entry, count }] as const];
  });
  return { entries: new Map(entries) };
}

/** What was found, and the earlier entries that the check says nothing about. */
export function renewed(before: Baseline, found: readonly ReportedDiagnostic[], isKept: IsKept): Baseline {
  const kept = [...before.entries].filter(([, { path }]) => isKept(path));
  return { entries: new Map([...kept, ...baselineOf(found).entries]) };
}
