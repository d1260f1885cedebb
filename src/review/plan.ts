/** What is posted, given what was found and what was said before. */

import { stemOf } from '../analysis/fingerprint.ts';
import { commentBody } from './comment.ts';
import type { FindingGroup, ReviewFinding } from './finding.ts';
import { markerText, readMarker } from './marker.ts';
import type { LinkBase } from './permalink.ts';
import type { ExistingComment, ReviewCommentDraft, ReviewDraft } from './ports.ts';
import { compareSeverity, countBySeverity } from './severity.ts';

/** What this head deserves to hear, before looking at what was said. */
export interface DesiredReview {
  readonly groups: readonly FindingGroup[];
  readonly links: LinkBase;
}

/** The conversation so far. */
export interface Said {
  readonly comments: readonly ExistingComment[];
  /** A review of ours for exactly this head exists. */
  readonly reviewed: boolean;
}

export interface ReviewPlan {
  /** Absent when there is nothing to say. */
  readonly draft?: ReviewDraft;
  /** The groups behind the draft's comments, in their order. */
  readonly posted: readonly FindingGroup[];
  /** An earlier comment of ours says it already. */
  readonly alreadySaid: readonly FindingGroup[];
  /** Beyond the limit, or after this head's one review: listed in the check run. */
  readonly overflow: readonly FindingGroup[];
}

/**
 * One review per head, at most `maxComments` comments, worst first when there are more; in the order of the diff. A
 * finding whose fingerprint stands in a comment of ours is never said again, whatever became of that comment.
 */
export function planReview(desired: DesiredReview, said: Said, maxComments: number): ReviewPlan {
  const isTold = toldBy(said.comments, desired.groups);
  const alreadySaid: FindingGroup[] = [];
  const fresh: FindingGroup[] = [];
  for (const group of desired.groups) {
    const { old, rest } = split(group, isTold);
    if (old) alreadySaid.push(old);
    if (rest) fresh.push(rest);
  }
  const room = said.reviewed ? 0 : maxComments;
  const chosen = new Set([...fresh].sort((a, b) => compareSeverity(severityOf(a), severityOf(b))).slice(0, room));
  const posted = fresh.filter((group) => chosen.has(group));
  const overflow = fresh.filter((group) => !chosen.has(group));
  const draft = posted.length === 0 ? undefined : draftOf(posted, overflow.length, desired.links);
  return { ...(draft && { draft }), posted, alreadySaid, overflow };
}

/**
 * Which findings our comments say. Equal fingerprints do; and a told fingerprint that no finding bears any more answers
 * for one of the same stem, which is the same defect after an edit inside its body.
 */
function toldBy(
  comments: readonly ExistingComment[],
  groups: readonly FindingGroup[],
): (finding: ReviewFinding) => boolean {
  const told = new Set(
    comments.flatMap(({ body }) => readMarker(body)?.findings.map(({ fingerprint }) => fingerprint) ?? []),
  );
  const current = groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic.fingerprint));
  const spare = counted([...told].filter((fingerprint) => !current.includes(fingerprint)).map(stemOf));
  for (const fingerprint of current) {
    const left = spare.get(stemOf(fingerprint)) ?? 0;
    if (told.has(fingerprint) || left === 0) continue;
    spare.set(stemOf(fingerprint), left - 1);
    told.add(fingerprint);
  }
  return ({ diagnostic }) => told.has(diagnostic.fingerprint);
}

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/**
 * The part of a group that was said, and the part that was not. A new bullet on an old statement is not worth a second
 * comment when it is no worse than what was said there.
 */
function split(
  group: FindingGroup,
  isOld: (finding: ReviewFinding) => boolean,
): { readonly old?: FindingGroup; readonly rest?: FindingGroup } {
  const old = part(group, group.findings.filter(isOld));
  const rest = part(
    group,
    group.findings.filter((finding) => !isOld(finding)),
  );
  if (old && rest && compareSeverity(severityOf(old), severityOf(rest)) <= 0) return { old: group };
  return { ...(old && { old }), ...(rest && { rest }) };
}

function part(group: FindingGroup, findings: readonly ReviewFinding[]): FindingGroup | undefined {
  const [first, ...others] = findings;
  if (!first) return undefined;
  if (others.length + 1 === group.findings.length) return group;
  const offer = findings.find((finding) => finding.offer.kind !== 'none')?.offer ?? first.offer;
  return { anchor: group.anchor, findings: [first, ...others], offer };
}

function severityOf(group: FindingGroup): 'error' | 'warning' | 'info' {
  return group.findings[0].diagnostic.severity;
}

function draftOf(posted: readonly FindingGroup[], more: number, links: LinkBase): ReviewDraft {
  const comments = posted.map((group) => commentDraft(group, links));
  return { commitSha: links.headSha, body: reviewBody(posted, more, links), comments };
}

function commentDraft(group: FindingGroup, links: LinkBase): ReviewCommentDraft {
  const { path, side, line, startLine } = group.anchor;
  return {
    path,
    side,
    line,
    ...(startLine !== undefined && { startLine }),
    body: commentBody(group, links),
    fingerprints: group.findings.map(({ diagnostic }) => diagnostic.fingerprint),
  };
}

/** One line: GitHub shows it above the comments, and the comments say the rest. */
function reviewBody(posted: readonly FindingGroup[], more: number, links: LinkBase): string {
  const counts = countBySeverity(posted.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic)));
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = counts[severity];
    if (count === 0) return [];
    return [severity === 'info' ? `${count} info` : `${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  const rest = more === 0 ? '' : ` ${more} more ${more === 1 ? 'is' : 'are'} listed in the check run.`;
  return `Goroutine leaks in this change: ${parts.join(', ')}.${rest}\n\n${markerText({ head: links.headSha, findings: [] })}`;
}
