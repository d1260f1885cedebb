/** What is posted and what is changed, given what was found and what was said before. */
import { amendmentsFor, reviewAmendments } from './amend.ts';
import { commentBody, commentText } from './comment.ts';
import type { Amendment, Conversation, ReviewCommentDraft, ReviewDraft } from './conversation.ts';
import type { FindingGroup, ReviewFinding, SnapshotReview } from './finding.ts';
import { type MarkedFinding, marked } from './marker.ts';
import { remember } from './memory.ts';
import type { LinkBase } from './permalink.ts';
import { compareSeverity, countBySeverity } from './severity.ts';
import { type DismissedGroup, type Standing, standingOf } from './standing.ts';
import { type Tally, tallyOf } from './tally.ts';

export interface ReviewPlan {
  /** Absent when there is nothing new to say. */
  readonly draft?: ReviewDraft;
  /** The groups behind the draft's comments, in their order. */
  readonly posted: readonly FindingGroup[];
  /** An earlier comment of ours says it already. */
  readonly alreadySaid: readonly FindingGroup[];
  /** No comment on the page says it: over the limit, after this head's one review, or said by a comment that is outdated. */
  readonly uncommented: readonly FindingGroup[];
  readonly dismissed: readonly DismissedGroup[];
  /** Who resolved threads without the right to dismiss: what these say still counts. */
  readonly unheard: readonly string[];
  readonly amendments: readonly Amendment[];
  /** What this head adds to the figures of a service. */
  readonly tally: Tally;
}

/**
 * One review per head. At most `maxComments` comments of ours are open in a pull request; what is over the limit when it
 * is new is remembered and never commented later. Worst first. `unshown` are paths whose diff GitHub does not show: what
 * is found there cannot be commented. `textOf` gives the files of the head.
 */
export function planReview(
  review: SnapshotReview,
  links: LinkBase,
  conversation: Conversation,
  maxComments: number,
  unshown: ReadonlySet<string> = new Set(),
  textOf?: (path: string) => string | undefined,
): ReviewPlan {
  const told = remember(conversation);
  const standing = standingOf(review, told, textOf);
  const isReviewed = conversation.reviews.some(({ commitSha }) => commitSha === review.headSha);
  const openComments = new Set(
    standing.outcomes.flatMap(({ told: { comment }, state }) => (comment && state.kind === 'open' ? [comment.id] : [])),
  );
  const room = isReviewed ? 0 : Math.max(0, maxComments - openComments.size);
  const isShown = ({ anchor }: FindingGroup): boolean => !unshown.has(anchor.path);
  const fresh = standing.fresh.filter(isShown).sort((a, b) => compareSeverity(severityOf(a), severityOf(b)));
  const posted = fresh.slice(0, room);
  const overflow = fresh.slice(room);
  const listed = isReviewed ? [] : overflow.flatMap(listedMarks);
  const draft = posted.length === 0 ? undefined : draftOf(posted, overflow, listed, links);
  return {
    ...(draft && { draft }),
    posted,
    alreadySaid: standing.open,
    uncommented: [
      ...standing.fresh.filter((group) => !isShown(group)),
      ...overflow,
      ...standing.listed,
      ...standing.unseen,
    ],
    dismissed: standing.dismissed,
    tally: tallyOf(standing.fresh, standing.outcomes),
    unheard: unheardIn(standing),
    amendments: amendments(standing, conversation, draft ? [] : listed, links),
  };
}

function unheardIn({ outcomes }: Standing): readonly string[] {
  const logins = outcomes.flatMap(({ told: { comment }, present }) =>
    present && comment?.thread?.byWriter === false ? [comment.thread.resolvedBy ?? ''] : [],
  );
  return [...new Set(logins)];
}

function amendments(
  standing: Standing,
  conversation: Conversation,
  listed: readonly MarkedFinding[],
  links: LinkBase,
): readonly Amendment[] {
  const groupOf = new Map([...standing.open].flatMap((group) => group.findings.map((one) => [one, group] as const)));
  const retell = (findings: readonly [ReviewFinding, ...ReviewFinding[]]): string => {
    const group = groupOf.get(findings[0]);
    return commentText({ anchor: findings[0].anchor, offer: findings[0].offer, ...group, findings }, links);
  };
  return [
    ...amendmentsFor(standing.outcomes, links, retell),
    ...reviewAmendments(conversation, standing.outcomes, listed),
  ];
}

function severityOf(group: FindingGroup): 'error' | 'warning' | 'info' {
  return group.findings[0].diagnostic.severity;
}

function listedMarks({ findings }: FindingGroup): readonly MarkedFinding[] {
  return findings.map(({ diagnostic }) => ({ ...marked(diagnostic), state: { kind: 'listed' as const } }));
}

function draftOf(
  posted: readonly FindingGroup[],
  overflow: readonly FindingGroup[],
  listed: readonly MarkedFinding[],
  links: LinkBase,
): ReviewDraft {
  const comments = posted.map((group) => commentDraft(group, links));
  return { commitSha: links.headSha, body: reviewBody(posted, overflow.length), comments, listed };
}

function commentDraft(group: FindingGroup, links: LinkBase): ReviewCommentDraft {
  const { path, side, line, startLine } = group.anchor;
  return {
    path,
    side,
    line,
    ...(startLine !== undefined && { startLine }),
    body: commentBody(group, links),
    findings: group.findings.map(({ diagnostic }) => marked(diagnostic)),
  };
}

/** At most three lines: GitHub shows them above the comments, and the comments say the rest. Counts comments, not findings. */
function reviewBody(posted: readonly FindingGroup[], more: number): string {
  const counts = countBySeverity(posted.map(({ findings }) => findings[0].diagnostic));
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = counts[severity];
    if (count === 0) return [];
    return [severity === 'info' ? `${count} info` : `${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  const clicks = posted.filter(({ offer }) => offer.kind === 'suggestion').length;
  const patches = posted.filter(({ offer }) => offer.kind === 'patch').length;
  const fixes = [
    ...(clicks > 0 ? [`${clicks} ${clicks === 1 ? 'has' : 'have'} a verified fix to commit with one click`] : []),
    ...(patches > 0 ? [`${patches} ${patches === 1 ? 'has' : 'have'} a verified patch`] : []),
  ];
  return [
    `Goroutine leaks in this change: ${parts.join(', ')}.`,
    ...(fixes.length > 0 ? [`${fixes.join(', ')}.`] : []),
    ...(more === 0 ? [] : [`${more} more ${more === 1 ? 'is' : 'are'} listed in the check run.`]),
  ].join('\n');
}
