/** `goplumber check --base`: what the App would say of the change, by the same function. */
import { posix } from 'node:path';
import type { AnyRule } from '../analysis/rule.ts';
import { crashText } from '../analysis/run.ts';
import type { Config } from '../config/config.ts';
import { hasPath } from '../local/git-tree.ts';
import { LocalError } from '../local/local-error.ts';
import type { Repository } from '../local/repository.ts';
import { localSnapshot } from '../local/snapshot.ts';
import { analyseSnapshot } from '../review/analyse-snapshot.ts';
import type { FindingGroup, ReviewFinding, SnapshotReview } from '../review/finding.ts';
import type { PullRequestSnapshot } from '../review/ports.ts';
import { LineIndex } from '../text/line-index.ts';
import { Interrupted, isEnding } from '../work/meter.ts';
import { ChangeCache } from './change-cache.ts';
import { describe, type LinesOf } from './describe.ts';
import type { CachePlace } from './files/outcome-cache.ts';
import { type PathScope, placeOf, scopeOf } from './path-scope.ts';
import type { Progress } from './progress.ts';
import {
  type CheckReport,
  compareReported,
  type ReportedDiagnostic,
  type ReportedSuggestion,
  ruledOut,
  summarise,
} from './report.ts';

export interface ChangeRequest {
  readonly repository: Repository;
  readonly base: string;
  /** Absent = the working tree. */
  readonly head?: string;
  /** The index in place of the working tree. */
  readonly staged?: boolean;
  /** Absolute; path arguments are relative to it. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly config: Config;
  readonly rules: readonly AnyRule[];
  /** Why the run was ended; undefined when it was not. */
  readonly ending?: () => string | undefined;
  /** Where reports are kept; absent: none are. */
  readonly cache?: CachePlace;
}

/** Checks a change. Throws `LocalError` for revisions and paths that are not there. */
export async function checkChange(request: ChangeRequest, progress: Progress): Promise<CheckReport> {
  const { repository, base, head } = request;
  const scopes = await Promise.all(request.paths.map((path) => knownScope(request, path)));
  const wanted = (path: string) => scopes.some((scope) => scope(path));
  progress.step(`reading ${base}..${head ?? 'working tree'}`);
  const snapshot = await localSnapshot(repository, {
    base,
    wanted,
    ...(head === undefined ? {} : { head }),
    staged: request.staged ?? false,
  });
  progress.step(`checking ${snapshot.head.length} packages`);
  const check = () => analysed(snapshot, request);
  // A rule that crashed is noted, and may not crash the next time; a run that was ended has not seen everything.
  const isWhole = ({ notes }: CheckReport) => notes.length === 0 && !isEnding();
  const report = request.cache
    ? await new ChangeCache(request.cache).reportOf(snapshot, request.config, check, isWhole)
    : check();
  const ending = request.ending?.();
  return ending === undefined ? report : { ...report, notes: [ending, ...report.notes] };
}

/** A run that is ended where nothing can be kept has found nothing. */
function analysed(snapshot: PullRequestSnapshot, { config, rules }: ChangeRequest): CheckReport {
  try {
    return reportOf(snapshot, analyseSnapshot(snapshot, config, rules));
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const none = { suppressed: 0, unknown: 1, implausible: [], filesAnalysed: 0, filesSkipped: snapshot.omissions };
    const { mergeBaseSha: base, headSha: head } = snapshot;
    return { base, head, summary: summarise([], none), diagnostics: [], notes: [] };
  }
}

/** A path argument as a question to paths from the top of the repository. */
async function knownScope(request: ChangeRequest, arg: string): Promise<PathScope> {
  const place = placeOf(request.repository.root, request.folder, arg);
  const { path } = place;
  if (path === '..' || path.startsWith('../') || posix.isAbsolute(path)) {
    throw new LocalError('outside-root', `${arg} is outside the repository ${request.repository.root}`);
  }
  if (path !== '.' && !(await isKnown(request, path)))
    throw new LocalError('unreadable-path', `${arg} is in neither revision`);
  return scopeOf(place);
}

async function isKnown({ repository, base, head }: ChangeRequest, path: string): Promise<boolean> {
  return hasPath(repository, [base, head ?? 'HEAD'], path, head === undefined);
}

function reportOf(snapshot: PullRequestSnapshot, review: SnapshotReview): CheckReport {
  const linesOf = linesAtHead(snapshot);
  const diagnostics = review.groups.flatMap((group) =>
    group.findings.map((finding) => reportFinding(group, finding, linesOf)),
  );
  diagnostics.sort(compareReported);
  const { suppressed, unknowns, implausible, crashes, filesAnalysed, omissions } = review;
  return {
    base: review.mergeBaseSha,
    head: review.headSha,
    summary: summarise(diagnostics, {
      suppressed: suppressed.length,
      unknown: unknowns.length + crashes.length,
      implausible: implausible.map(ruledOut),
      filesAnalysed: filesAnalysed.length,
      filesSkipped: omissions,
    }),
    diagnostics,
    notes: crashes.map((crash) => `${crash.dir}: ${crashText(crash)}`),
  };
}

function reportFinding(group: FindingGroup, finding: ReviewFinding, linesOf: LinesOf): ReportedDiagnostic {
  const { path, side, line, startLine } = group.anchor;
  return describe(
    finding.diagnostic,
    { path, side, line: startLine ?? line, endLine: line },
    suggestionIn(finding),
    linesOf,
  );
}

function suggestionIn({ offer }: ReviewFinding): ReportedSuggestion | null {
  if (offer.kind !== 'suggestion') return null;
  return { startLine: offer.startLine, endLine: offer.endLine, replacement: offer.replacement ?? '' };
}

/** Offsets of diagnostics count in the texts of head. */
function linesAtHead(snapshot: PullRequestSnapshot): LinesOf {
  const texts = new Map(snapshot.head.flatMap((side) => side.files.map((file) => [file.path, file.text] as const)));
  const known = new Map<string, LineIndex>();
  return (path) => {
    const text = texts.get(path);
    const lines = known.get(path) ?? (text === undefined ? undefined : new LineIndex(text));
    if (lines) known.set(path, lines);
    return lines;
  };
}
