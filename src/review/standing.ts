/** How each finding of this head stands in the conversation: new, said and open, listed, dismissed; and what is gone. */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import { isApplied } from './feedback.ts';
import type { FindingGroup, ReviewFinding, SnapshotReview } from './finding.ts';
import type { Dismissal, FindingState, Remembered } from './memory.ts';
import { recognise } from './recognise.ts';
import { compareSeverity } from './severity.ts';

export interface DismissedGroup {
  readonly group: FindingGroup;
  readonly dismissal: Dismissal;
}

/** A remembered finding with what this head made of it. */
export interface Outcome {
  readonly told: Remembered;
  /** What bears it at this head; undefined when nothing does. */
  readonly present: ReviewFinding | undefined;
  /** Nothing at this head bears it, said or not. */
  readonly missing: boolean;
  /** Its state from now on. */
  readonly state: FindingState;
}

export interface Standing {
  /** Never said. */
  readonly fresh: readonly FindingGroup[];
  /** An earlier comment says it. */
  readonly open: readonly FindingGroup[];
  /** Of these: the page shows no comment of ours beside the code any more. */
  readonly unseen: readonly FindingGroup[];
  /** Over the limit when it was new. */
  readonly listed: readonly FindingGroup[];
  readonly dismissed: readonly DismissedGroup[];
  readonly outcomes: readonly Outcome[];
}

/** Compares what was found with what was said. `textOf` gives the files of the head, as far as they were read. */
export function standingOf(
  review: SnapshotReview,
  told: readonly Remembered[],
  textOf: (path: string) => string | undefined = () => undefined,
): Standing {
  const findings = review.groups.flatMap((group) => group.findings);
  const pairs = recognise(told, [...findings.map(({ diagnostic }) => diagnostic), ...quietDiagnostics(review)]);
  const bearer = new Map([...pairs].map(([diagnostic, one]) => [one, diagnostic]));
  const presentOf = new Map(findings.map((finding) => [finding.diagnostic, finding]));
  const outcomes = told.map((one): Outcome => {
    const diagnostic = bearer.get(one);
    const present = diagnostic && presentOf.get(diagnostic);
    return {
      told: one,
      present,
      missing: diagnostic === undefined,
      state: present ? one.state : quietState(one, diagnostic, review, textOf),
    };
  });
  const settled = withReturned(withMisunderstood(outcomes));
  const stateOf = new Map(settled.flatMap((one) => (one.present ? [[one.present, one] as const] : [])));
  return { ...sorted(review.groups, stateOf), outcomes: settled };
}

/** What is there at head without being said: it is not new, has no line in the change, or is silenced. */
function quietDiagnostics(review: SnapshotReview): readonly Diagnostic[] {
  return [...review.unplaced, ...review.withheld, ...review.suppressed]
    .map(({ diagnostic }) => diagnostic)
    .concat(review.delta.persisting);
}

function quietState(
  told: Remembered,
  diagnostic: Diagnostic | undefined,
  review: SnapshotReview,
  textOf: (path: string) => string | undefined,
): FindingState {
  const { state } = told;
  // A thread that is resolved when its finding goes was resolved by whoever repaired it.
  if (state.kind !== 'open' && !(state.kind === 'dismissed' && state.how === 'resolved')) return state;
  const sha = review.headSha;
  if (diagnostic)
    return review.suppressed.some((one) => one.diagnostic === diagnostic) ? { kind: 'silenced', sha } : state;
  if (!isDecided(told, review)) return state;
  return { kind: 'fixed', sha, ...(isApplied(told, textOf) && { applied: true }) };
}

/** What could not be seen is not called fixed. */
function isDecided({ mark, comment }: Remembered, review: SnapshotReview): boolean {
  const path = mark.path ?? comment?.path;
  const missed = [
    ...review.omissions.filter(({ expected }) => expected !== true).map((one) => one.path),
    ...review.unknowns.map(({ location }) => location.path),
  ];
  if (review.crashes.some(({ rule }) => rule === mark.rule)) return false;
  return path !== undefined && review.filesAnalysed.includes(path) ? !missed.includes(path) : missed.length === 0;
}

/**
 * Who takes a suggestion resolves its thread with the same click. That speaks for what went away, not for the other
 * findings of the comment: they stay open.
 */
function withMisunderstood(outcomes: readonly Outcome[]): readonly Outcome[] {
  const halfDone = new Set(outcomes.filter(isResolvedAndGone).map(({ told }) => told.comment?.id));
  return outcomes.map((one): Outcome => {
    const { state, told } = one;
    const isResolved = state.kind === 'dismissed' && state.how === 'resolved';
    return isResolved && one.present && halfDone.has(told.comment?.id) ? { ...one, state: { kind: 'open' } } : one;
  });
}

function isResolvedAndGone({ told, present }: Outcome): boolean {
  return told.state.kind === 'dismissed' && told.state.how === 'resolved' && present === undefined;
}

/** What was fixed and is there again is open again. */
function withReturned(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.map((one): Outcome => {
    const isBack = one.present && (one.state.kind === 'fixed' || one.state.kind === 'silenced');
    return isBack ? { ...one, state: { kind: 'open' } } : one;
  });
}

type Sorted = Omit<Standing, 'outcomes'>;

function sorted(groups: readonly FindingGroup[], stateOf: ReadonlyMap<ReviewFinding, Outcome>): Sorted {
  const result = {
    fresh: [] as FindingGroup[],
    open: [] as FindingGroup[],
    unseen: [] as FindingGroup[],
    listed: [] as FindingGroup[],
    dismissed: [] as DismissedGroup[],
  };
  for (const group of groups) {
    for (const [key, findings] of classes(group, stateOf)) {
      const part = partOf(group, findings);
      if (!part) continue;
      const outcome = stateOf.get(part.findings[0]);
      if (key === 'dismissed' && outcome?.state.kind === 'dismissed')
        result.dismissed.push({ group: part, dismissal: outcome.state });
      else if (key === 'listed') result.listed.push(part);
      else if (key === 'open') {
        result.open.push(part);
        if (!isSeen(outcome)) result.unseen.push(part);
      } else result.fresh.push(part);
    }
  }
  return result;
}

type Class = 'fresh' | 'open' | 'listed' | 'dismissed';

/**
 * The findings of a group by how they stand. A new one beside an open one is not worth a second comment when it is no
 * worse; beside a dismissed one, when it is less.
 */
function classes(
  group: FindingGroup,
  stateOf: ReadonlyMap<ReviewFinding, Outcome>,
): ReadonlyMap<Class, readonly ReviewFinding[]> {
  const byClass = new Map<Class, ReviewFinding[]>();
  for (const finding of group.findings) {
    const kind = stateOf.get(finding)?.state.kind;
    const key: Class = kind === 'open' || kind === 'listed' || kind === 'dismissed' ? kind : 'fresh';
    byClass.set(key, [...(byClass.get(key) ?? []), finding]);
  }
  const fresh = byClass.get('fresh');
  for (const [key, atLeast] of [
    ['open', 0],
    ['listed', 0],
    ['dismissed', -1],
  ] as const) {
    const old = byClass.get(key);
    if (!fresh || !old || compareSeverity(worst(old), worst(fresh)) > atLeast) continue;
    byClass.set(key, [...old, ...fresh]);
    byClass.delete('fresh');
    break;
  }
  return byClass;
}

function worst(findings: readonly ReviewFinding[]): 'error' | 'warning' | 'info' {
  return findings.map(({ diagnostic }) => diagnostic.severity).sort(compareSeverity)[0] ?? 'info';
}

/** Seen: the comment stands beside the code and is neither resolved nor hidden. */
function isSeen(outcome: Outcome | undefined): boolean {
  const comment = outcome?.told.comment;
  if (!outcome || !comment) return false;
  return standsBeside(outcome) && comment.thread?.isResolved !== true && comment.hidden !== true;
}

/** Whether the comment stands in the function of its finding, or, when that has another name now, on its lines. */
export function standsBeside({ told: { comment, mark }, present }: Outcome): boolean {
  if (comment?.line === undefined || !present) return false;
  const { anchor, diagnostic } = present;
  if (comment.path !== anchor.path) return false;
  if (mark.structure === undefined || mark.structure.function === diagnostic.structure?.function) return true;
  return (anchor.startLine ?? anchor.line) <= comment.line && comment.line <= anchor.line;
}

function partOf(group: FindingGroup, findings: readonly ReviewFinding[]): FindingGroup | undefined {
  const [first, ...others] = findings;
  if (!first) return undefined;
  if (findings.length === group.findings.length) return group;
  const offer = findings.find((finding) => finding.offer.kind !== 'none')?.offer ?? first.offer;
  return { ...group, findings: [first, ...others], offer };
}
