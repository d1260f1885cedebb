/**
 * All verified fixes of a review as one change. The fixes were verified one by one, so what they make together is
 * analysed again; a fix that does not go with the others is left out.
 */
import type { Diagnostic, SuggestedFix } from '../analysis/diagnostic.ts';
import { applyFix } from '../analysis/edits.ts';
import { mergedFix } from '../analysis/merged-fix.ts';
import { hunksBetween } from '../text/diff.ts';
import type { SnapshotReview } from './finding.ts';
import type { Look } from './look.ts';
import type { ChangedFile, PullRequestSnapshot } from './ports.ts';

export interface AppliedFixes {
  /** New texts by path. */
  readonly files: ReadonlyMap<string, string>;
  /** One clause for each fix. */
  readonly messages: readonly string[];
  /** Fixes that are left out. */
  readonly left: number;
}

/** Analyses of attempts; beyond them what was found to go together is taken. */
const maxAttempts = 8;

/** The largest set of fixes that was found to hold together; undefined when there is none. */
export function applyAll(look: Look, wanted: (diagnostic: Diagnostic) => boolean): AppliedFixes | undefined {
  const fixes = look.found.groups.flatMap(({ findings }) =>
    findings.flatMap(({ diagnostic }) =>
      wanted(diagnostic) ? diagnostic.fixes.filter(({ verified }) => verified).slice(0, 1) : [],
    ),
  );
  if (fixes.length === 0) return undefined;
  const whole = attempt(look, fixes);
  if (whole) return { ...whole, left: 0 };
  let kept: readonly SuggestedFix[] = [];
  let best: Omit<AppliedFixes, 'left'> | undefined;
  for (const fix of fixes.slice(0, maxAttempts)) {
    const more = attempt(look, [...kept, fix]);
    if (!more) continue;
    kept = [...kept, fix];
    best = more;
  }
  return best && { ...best, left: fixes.length - kept.length };
}

function attempt(look: Look, fixes: readonly SuggestedFix[]): Omit<AppliedFixes, 'left'> | undefined {
  const [first, ...rest] = fixes;
  const merged = rest.reduce<SuggestedFix | undefined>((all, fix) => all && mergedFix(all, fix), first);
  const texts = new Map(
    look.snapshot.head.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const)),
  );
  const patched = merged && applyFix(merged, (path) => texts.get(path));
  if (!patched || 'kind' in patched) return undefined;
  // What could not be read as UTF-8 would be written back as something else.
  if ([...patched.keys()].some((path) => texts.get(path)?.includes('\ufffd'))) return undefined;
  const after = look.analyse(withTexts(look.snapshot, patched as ReadonlyMap<string, string>));
  if (!isBetter(look.found, after, fixes.length)) return undefined;
  return { files: patched as ReadonlyMap<string, string>, messages: fixes.map(({ message }) => message) };
}

/** No error or warning of a new kind, and at least one less for each fix. */
function isBetter(before: SnapshotReview, after: SnapshotReview, fixes: number): boolean {
  const known = new Set(before.groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => keyOf(diagnostic))));
  const left = after.groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic));
  const serious = (all: readonly Diagnostic[]): number => all.filter(({ severity }) => severity !== 'info').length;
  const all = before.groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic));
  return (
    after.crashes.length === 0 &&
    left.every((one) => one.severity === 'info' || known.has(keyOf(one))) &&
    serious(left) + fixes <= Math.max(serious(all), fixes)
  );
}

function keyOf({ rule, structure, message }: Diagnostic): string {
  return JSON.stringify([rule, structure?.function, structure?.code ?? message]);
}

/** The snapshot with other texts at head, and the hunks that follow from them. */
function withTexts(snapshot: PullRequestSnapshot, texts: ReadonlyMap<string, string>): PullRequestSnapshot {
  const before = new Map(snapshot.base.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const)));
  const head = snapshot.head.map((sources) => ({
    ...sources,
    files: sources.files.map((file) => {
      const text = texts.get(file.path);
      return text === undefined ? file : { path: file.path, text };
    }),
  }));
  const known = new Set(snapshot.changedFiles.map(({ path }) => path));
  const touched = [...texts.keys()].filter((path) => !known.has(path));
  const changedFiles = snapshot.changedFiles.map((file): ChangedFile => {
    const text = texts.get(file.path);
    if (text === undefined) return file;
    return { ...file, hunks: hunksBetween(before.get(file.previousPath ?? file.path) ?? '', text) };
  });
  const added = touched.map(
    (path): ChangedFile => ({
      path,
      status: 'modified',
      hunks: hunksBetween(before.get(path) ?? '', texts.get(path) ?? ''),
    }),
  );
  return { ...snapshot, head, changedFiles: [...changedFiles, ...added] };
}
