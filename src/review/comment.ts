/**
 * The text of a review comment: what, why as a path, what to do, how to silence; and the hidden marker. Short enough to
 * be read where it stands; what only some want is folded.
 */
import type { Diagnostic, Location, WitnessStep } from '../analysis/diagnostic.ts';
import { sequenceDiagram } from '../analysis/mermaid.ts';
import type { Anchor, FindingGroup, FixOffer, ReviewFinding } from './finding.ts';
import { codeSpan, details, fenced, link, pathLink, prose } from './markdown.ts';
import { marked, markerText } from './marker.ts';
import { type LinkBase, permalink } from './permalink.ts';

/** GitHub refuses bodies over 65,536 characters; this leaves room for the marker. */
export const maxCommentLength = 48_000;

/** Steps shown of a long path: the first ones and, more telling, the last ones. */
const stepsShown = { first: 4, last: 6 };

/** Markdown of the comment on one group of findings, without its marker; at most `maxCommentLength` UTF-16 units. */
export function commentText(group: FindingGroup, base: LinkBase): string {
  return fitted([
    { text: whatText(group, base), keep: 'always' },
    { text: whyText(group, base), keep: 'third' },
    { text: doText(group, base), keep: 'fourth' },
    { text: diagramText(group.findings[0].diagnostic.witness), keep: 'first' },
    { text: silenceText(group, base), keep: 'second' },
  ]);
}

/** The whole comment: the text, and the marker that remembers its findings. */
export function commentBody(group: FindingGroup, base: LinkBase): string {
  const findings = group.findings.map(({ diagnostic }) => marked(diagnostic));
  return `${commentText(group, base)}\n\n${markerText({ head: base.headSha, findings })}`;
}

interface Section {
  readonly text: string;
  /** In which order sections are given up when the comment grows too long. */
  readonly keep: 'first' | 'second' | 'third' | 'fourth' | 'always';
}

function fitted(sections: readonly Section[]): string {
  let left = sections.filter(({ text }) => text !== '');
  const joined = (): string => left.map(({ text }) => text).join('\n\n');
  for (const victim of ['first', 'second', 'third', 'fourth'] as const) {
    if (joined().length <= maxCommentLength) return joined();
    left = left.filter(({ keep }) => keep !== victim);
  }
  if (joined().length <= maxCommentLength) return joined();
  return 'This finding is too long to show here; the check run names it.';
}

function whatText(group: FindingGroup, base: LinkBase): string {
  const removed = group.anchor.side === 'LEFT' ? 'The change deletes this line. What remains: ' : '';
  const { here, elsewhere } = placesOf(group);
  const [only, ...others] = here;
  const places = elsewhereText(elsewhere, base);
  if (only && others.length === 0) return removed + sentence(only.diagnostic, group.anchor, base) + places;
  const bullets = here.map(({ diagnostic }) => `- ${sentence(diagnostic, group.anchor, base)}`);
  return `${removed}${here.length} findings on one statement:\n\n${bullets.join('\n')}${places}`;
}

/** Findings on the statement of the first one, and those that share its cause in other places. */
function placesOf({ findings }: FindingGroup): Record<'here' | 'elsewhere', readonly ReviewFinding[]> {
  const statement = statementOf(findings[0]);
  return {
    here: findings.filter((one) => statementOf(one) === statement),
    elsewhere: findings.filter((one) => statementOf(one) !== statement),
  };
}

function statementOf({ diagnostic: { subject, location } }: ReviewFinding): string {
  const { path, range } = subject ?? location;
  return JSON.stringify([path, range.start, range.end]);
}

/** Places that are listed in the open; more are folded. */
const placesShown = 3;

function elsewhereText(elsewhere: readonly ReviewFinding[], base: LinkBase): string {
  if (elsewhere.length === 0) return '';
  const bullets = elsewhere.map(
    ({ diagnostic }) => `- ${placeLink(diagnostic.location, base)} ${prose(diagnostic.message)}`,
  );
  const head = `The same cause in ${elsewhere.length === 1 ? 'one other place' : `${elsewhere.length} other places`}`;
  if (elsewhere.length <= placesShown) return `\n\n${head}:\n\n${bullets.join('\n')}`;
  return `\n\n${details(head, bullets.join('\n'))}`;
}

function sentence(diagnostic: Diagnostic, anchor: Anchor, base: LinkBase): string {
  const rule = link(codeSpan(diagnostic.rule), base.ruleUrl(diagnostic.rule));
  const where = covers(anchor, diagnostic.location) ? '' : ` (${placeLink(diagnostic.location, base)})`;
  return `**${diagnostic.severity}** ${rule}: ${prose(diagnostic.message)}${where}`;
}

function covers(anchor: Anchor, { path, startLine }: Location): boolean {
  return (
    anchor.side === 'RIGHT' &&
    anchor.path === path &&
    (anchor.startLine ?? anchor.line) <= startLine &&
    startLine <= anchor.line
  );
}

function whyText(group: FindingGroup, base: LinkBase): string {
  const steps = stepsOf(group.findings[0].diagnostic, base);
  if (steps.length === 0) return '';
  return placesOf(group).here.length === 1 ? cutSteps(steps) : `How the first one happens:\n\n${cutSteps(steps)}`;
}

function stepsOf({ witness, related }: Diagnostic, base: LinkBase): readonly string[] {
  if (witness.length > 0) return witness.map((step) => stepText(step, base));
  return related.map((one) => `${prose(one.message)} (${placeLink(one.location, base)})`);
}

function cutSteps(steps: readonly string[]): string {
  const skipped = steps.length - stepsShown.first - stepsShown.last;
  if (skipped <= 1) return numbered(steps, 1);
  return [
    numbered(steps.slice(0, stepsShown.first), 1),
    `   … ${skipped} steps that follow from these …`,
    numbered(steps.slice(-stepsShown.last), steps.length - stepsShown.last + 1),
  ].join('\n');
}

function stepText(step: WitnessStep, base: LinkBase): string {
  return `${codeSpan(step.process.replace(/`/g, ''))} ${prose(step.text)} (${placeLink(step.location, base)})`;
}

/** Who waits for whom; one process alone is told by the steps as well. */
function diagramText(witness: readonly WitnessStep[]): string {
  if (new Set(witness.map(({ process }) => process)).size < 2) return '';
  const source = sequenceDiagram(witness);
  return source === '' ? '' : details('Who waits for whom', fenced('mermaid', source));
}

function numbered(items: readonly string[], from: number): string {
  return items.map((item, at) => `${from + at}. ${item}`).join('\n');
}

function placeLink({ path, startLine }: Location, base: LinkBase): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return pathLink(name, startLine, permalink(base, path, startLine));
}

function doText({ findings, offer, remaining = [] }: FindingGroup, base: LinkBase): string {
  const [lead] = findings;
  const advice = lead.diagnostic.advice === undefined ? '' : `**What to do:** ${prose(lead.diagnostic.advice)}`;
  if (offer.kind === 'none') return advice;
  const owner = findings.find((finding) => finding.offer === offer) ?? lead;
  const what = prose(ended(offer.message));
  const left = remainingText(remaining, base);
  if (owner === lead)
    return [`**What to do:** ${what}`, left, offerText(offer)].filter((text) => text !== '').join('\n\n');
  const rule = link(codeSpan(owner.diagnostic.rule), base.ruleUrl(owner.diagnostic.rule));
  return [advice, `**For** ${rule}: ${what}`, left, offerText(offer)].filter((text) => text !== '').join('\n\n');
}

/** A click that leaves something behind says so before it is made. */
function remainingText(remaining: readonly Diagnostic[], base: LinkBase): string {
  if (remaining.length === 0) return '';
  const names = remaining.map(({ rule, location }) => `${codeSpan(rule)} (${placeLink(location, base)})`);
  const shown = [...new Set(names)].slice(0, 5);
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
  return `This fix leaves ${shown.join(', ')}${more} to do.`;
}

/** What was established about the fix: compiling is judged by the shape of the code, not by a compiler. */
const verifiedBadge = '<sub>✓ fix verified: re-analysed, parses, gofmt-formatted</sub>';

function offerText(offer: Exclude<FixOffer, { kind: 'none' }>): string {
  const text =
    offer.kind === 'suggestion'
      ? suggestionBlock(offer)
      : details('The fix as a patch (`git apply`)', fenced('diff', offer.diff));
  return `${text}\n\n${verifiedBadge}`;
}

/** GitHub replaces the lines of the comment by the lines of this block. */
function suggestionBlock(offer: Extract<FixOffer, { kind: 'suggestion' }>): string {
  const { replacement, ending } = offer;
  return fenced('suggestion', replacement === undefined ? '' : replacement + ending);
}

function ended(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function silenceText({ anchor, findings }: FindingGroup, base: LinkBase): string {
  const rules = [...new Set(findings.map(({ diagnostic }) => diagnostic.rule))].join(',');
  const place = findings[0].diagnostic.subject ?? findings[0].diagnostic.location;
  const above = covers(anchor, place) ? 'on the line above' : `above ${placeLink(place, base)}`;
  return `<sub>Intentional? Add ${codeSpan(`//goplumber:ignore ${rules} <reason>`)} ${above}.</sub>`;
}
