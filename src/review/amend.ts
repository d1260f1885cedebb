/**
 * What changes in what we said before: a finding that is gone closes its comment and takes the suggestion away, a part
 * that remains is named, one that comes back opens its comment again, one that moved says where it is now. The words of
 * a person who edited our comment stay.
 */
import type { Amendment, Conversation, ExistingComment } from './conversation.ts';
import type { ReviewFinding } from './finding.ts';
import { codeSpan, details, link, pathLink, prose } from './markdown.ts';
import { type MarkedFinding, type MarkedState, marked, markerText, readMarker, withoutMarker } from './marker.ts';
import { keyOf, remember } from './memory.ts';
import { type LinkBase, permalink } from './permalink.ts';
import { type Outcome, standsBeside } from './standing.ts';
import { withoutSuggestion } from './suggested-text.ts';

/** Markers of reviews hold at most this many findings without a comment; more could not be kept within 65,536 characters. */
const maxListed = 200;

/** Writes the comment of findings that are back. */
export type Retell = (findings: readonly [ReviewFinding, ...ReviewFinding[]]) => string;

/** The changes that the outcomes of this head ask for, comment by comment. */
export function amendmentsFor(outcomes: readonly Outcome[], links: LinkBase, retell: Retell): readonly Amendment[] {
  const byComment = new Map<ExistingComment, Outcome[]>();
  for (const outcome of outcomes) {
    const { comment } = outcome.told;
    if (comment) byComment.set(comment, [...(byComment.get(comment) ?? []), outcome]);
  }
  return [...byComment].flatMap(([comment, about]) => amendment(comment, about, links, retell) ?? []);
}

function amendment(
  comment: ExistingComment,
  about: readonly Outcome[],
  links: LinkBase,
  retell: Retell,
): Amendment | undefined {
  const marker = markerText({ head: links.headSha, findings: about.map(nextMark) });
  const back = about.filter((one) => isClosed(one.told.state.kind) && one.present);
  const [first, ...rest] = back.flatMap(({ present }) => present ?? []);
  if (first && about.every((one) => one.present || isClosed(one.state.kind)))
    return { kind: 'reopen', comment, body: `${retell([first, ...rest])}\n\n${marker}` };
  const text = spoken(comment.body);
  const gone = about.filter((one) => one.state.kind !== one.told.state.kind && isClosed(one.state.kind));
  if (gone.length > 0 && about.every(({ state }) => isClosed(state.kind))) {
    const folded = details('The original comment', withoutSuggestion(text));
    return { kind: 'close', comment, body: assembled(closedText(gone, links), folded, marker) };
  }
  if (gone.length > 0)
    return {
      kind: 'edit',
      comment,
      body: assembled(status(partText(about, gone, links)), withoutSuggestion(text), marker),
    };
  // The code below the comment has changed: its suggestion could repair a second time what is repaired already.
  const unclear = about.some(({ missing, state }) => missing && state.kind === 'open');
  const bare = withoutSuggestion(text);
  if (unclear && bare !== text.trim())
    return { kind: 'edit', comment, body: assembled(status(unclearText(links)), bare, marker) };
  const moved = movedText(comment, about, links);
  if (moved !== undefined) return { kind: 'edit', comment, body: assembled(status(moved), text, marker) };
  const redrawn = `${withoutMarker(comment.body)}\n\n${marker}`;
  return about.some(isRedrawn) && redrawn.length <= maxBody ? { kind: 'edit', comment, body: redrawn } : undefined;
}

/** GitHub's limit, in UTF-16 units. */
const maxBody = 65_536;

/** A comment that a person made too long loses what stands between the state and the marker. */
function assembled(head: string, text: string, marker: string): string {
  const whole = [head, text, marker].join('\n\n');
  return whole.length <= maxBody ? whole : `${head}\n\n${marker}`;
}

function isClosed(kind: Outcome['state']['kind']): boolean {
  return kind === 'fixed' || kind === 'silenced';
}

/** The identity of a finding follows it, so that the next head finds it by what it looks like now. */
function nextMark({ told, present, state }: Outcome): MarkedFinding {
  const { mark } = told;
  const { state: before, ...kept } = mark;
  const now = present ? marked(present.diagnostic, mark.fingerprint) : kept;
  const next = nextState(told, state, before);
  return { ...now, ...(next && { state: next }) };
}

function nextState(
  told: Outcome['told'],
  state: Outcome['state'],
  before: MarkedState | undefined,
): MarkedState | undefined {
  if (state.kind === 'fixed' || state.kind === 'silenced') return state;
  const wasResolved = told.state.kind === 'dismissed' && told.state.how === 'resolved';
  if (state.kind === 'open' && wasResolved) return { kind: 'reopened' };
  if (before?.kind !== 'fixed' && before?.kind !== 'silenced') return before;
  // Whether GitHub lets us open the thread again is not known yet.
  const { comment } = told;
  return comment?.thread?.isResolved || comment?.hidden ? { kind: 'reopened' } : undefined;
}

/** Whether the marker holds another look than the finding has now. */
function isRedrawn(outcome: Outcome): boolean {
  if (!outcome.present) return false;
  const [before, after] = [outcome.told.mark, nextMark(outcome)].map((one) =>
    markerText({ head: '', findings: [one] }),
  );
  return before !== after;
}

const statusMark = '<!-- goplumber-status -->';

function status(text: string): string {
  return `${statusMark}${text}`;
}

/** The visible text without a status of ours above it. */
function spoken(body: string): string {
  const text = withoutMarker(body);
  return text.startsWith(statusMark) ? text.slice(text.indexOf('\n\n') + 2) : text;
}

function closedText(gone: readonly Outcome[], links: LinkBase): string {
  // The first finding of a comment is its worst; what stood beside it goes with it.
  return `**${gone[0]?.state.kind === 'silenced' ? 'Silenced' : 'Fixed'} in** ${commitLink(links)}.`;
}

function unclearText(links: LinkBase): string {
  return `**Not found again at** ${commitLink(links)}, where not everything around it could be analysed. The suggestion was for older code and has been removed.`;
}

function partText(about: readonly Outcome[], gone: readonly Outcome[], links: LinkBase): string {
  const left = about.flatMap(({ present }) =>
    present ? [`${prose(present.diagnostic.message)} (${place(present, links)})`] : [],
  );
  const done = `**${gone.length} of ${about.length} fixed in** ${commitLink(links)}.`;
  return left.length === 0 ? done : `${done} Still there: ${left.join(' ')}`;
}

/** Where a finding is now, when its comment no longer stands beside the code; undefined when the comment says so already. */
function movedText(comment: ExistingComment, about: readonly Outcome[], links: LinkBase): string | undefined {
  const still = about.filter(({ present, state }) => present && state.kind === 'open');
  const open = still.flatMap(({ present }) => present ?? []);
  if (open.length === 0 || still.some(standsBeside)) return undefined;
  const text = `**Still there:** ${open.map((one) => place(one, links)).join(', ')}.`;
  const known = open.every((one) => comment.body.includes(`${statusMark}`) && comment.body.includes(label(one)));
  return known ? undefined : text;
}

function label({ diagnostic }: ReviewFinding): string {
  return codeSpan(`${diagnostic.location.path}:${diagnostic.location.startLine}`);
}

function place({ diagnostic }: ReviewFinding, links: LinkBase): string {
  const { path, startLine } = diagnostic.location;
  return pathLink(path, startLine, permalink(links, path, startLine));
}

function commitLink({ host, repository, headSha }: LinkBase): string {
  const { owner, name } = repository;
  const url = `${host}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/commit/${headSha}`;
  return link(codeSpan(headSha.slice(0, 7)), url);
}

/** The text of a comment that a person dismissed by a command. */
export function dismissedBody(body: string, by: string, reason: string): string {
  const marker = readMarker(body) ?? { head: '', findings: [] };
  const findings = marker.findings.map((mark): MarkedFinding => ({ ...mark, state: { kind: 'ignored', by, reason } }));
  const text = status(`**Ignored** by ${codeSpan(by)}: ${prose(reason)}`);
  return assembled(text, spoken(body), markerText({ ...marker, findings }));
}

/** The text of a comment whose dismissal was taken back. */
export function reopenedBody(body: string): string {
  const marker = readMarker(body) ?? { head: '', findings: [] };
  const findings = marker.findings.map((mark): MarkedFinding => ({ ...mark, state: { kind: 'reopened' } }));
  return [spoken(body), markerText({ ...marker, findings })].join('\n\n');
}

/** Reviews whose comments were deleted, with texts that take these dismissals back. */
export function reopenedReviews(conversation: Conversation): readonly { readonly id: number; readonly body: string }[] {
  const deleted = new Set(
    remember(conversation).flatMap(({ mark, state }) =>
      state.kind === 'dismissed' && state.how === 'deleted' ? [keyOf(mark)] : [],
    ),
  );
  return conversation.reviews.flatMap(({ id, body }) => {
    const marker = readMarker(body);
    if (!marker?.findings.some((mark) => deleted.has(keyOf(mark)))) return [];
    const findings = marker.findings.map(
      (mark): MarkedFinding => (deleted.has(keyOf(mark)) ? { ...mark, state: { kind: 'reopened' } } : mark),
    );
    return [{ id, body: reviewText(withoutMarker(body), { ...marker, findings }) }];
  });
}

/**
 * Remembers findings that got no comment, in the marker of the newest review, and follows those that reviews remember
 * without a comment.
 */
export function reviewAmendments(
  { reviews }: Conversation,
  outcomes: readonly Outcome[],
  listed: readonly MarkedFinding[],
): readonly Amendment[] {
  const moved = new Map(
    outcomes
      .filter((one) => one.told.reviewId !== undefined && isRedrawn(one))
      .map((one) => [keyOf(one.told.mark), nextMark(one)]),
  );
  const newest = reviews.at(-1);
  return reviews.flatMap((review): readonly Amendment[] => {
    const marker =
      readMarker(review.body) ?? (review === newest ? { head: review.commitSha ?? '', findings: [] } : undefined);
    const added = review === newest ? listed.slice(0, maxListed) : [];
    if (!marker || (added.length === 0 && !marker.findings.some((mark) => moved.has(keyOf(mark))))) return [];
    const findings = [...marker.findings.map((mark) => moved.get(keyOf(mark)) ?? mark), ...added];
    return [
      { kind: 'review', id: review.id, body: reviewText(withoutMarker(review.body), { head: marker.head, findings }) },
    ];
  });
}

/** A review's text with its marker. */
export function reviewText(visible: string, marker: Parameters<typeof markerText>[0]): string {
  return `${visible}\n\n${markerText({ ...marker, findings: marker.findings.slice(0, 2 * maxListed) })}`;
}
