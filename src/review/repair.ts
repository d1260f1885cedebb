/**
 * One fix for one comment. A comment can offer a single suggestion, so it is made to end all that the comment says: a
 * click that repairs half of it leaves a failing check behind. What it does not end is named.
 */
import type { Diagnostic, SuggestedFix } from '../analysis/diagnostic.ts';
import { mergedFix } from '../analysis/merged-fix.ts';
import type { FindingGroup, FixOffer, ReviewFinding } from './finding.ts';
import type { Bundle } from './group.ts';
import type { FixVerifier } from './package-analysis.ts';

/** Findings for which a fix is widened; each costs up to three analyses. */
const maxWidened = 4;

interface Repair {
  readonly owner: Diagnostic;
  readonly fix: SuggestedFix;
  readonly ended: readonly Diagnostic[];
}

/** The findings of a bundle with the one offer that ends most of them; undefined for an empty bundle. */
export function repairBundle(
  bundle: Bundle,
  verifier: FixVerifier,
  offerFor: (diagnostic: Diagnostic) => FixOffer,
): FindingGroup | undefined {
  const here = bundle.diagnostics.map((diagnostic) => ({ diagnostic, anchor: bundle.anchor }));
  const all = [...here, ...bundle.elsewhere];
  const tried = new Map<Diagnostic, Diagnostic>();
  const start = firstOffer(all, tried, verifier, offerFor);
  const repair =
    start &&
    handedOver(
      widened(
        start,
        all.map(({ diagnostic }) => diagnostic),
        tried,
        verifier,
      ),
      start,
      offerFor,
    );
  const [first, ...rest] = all.map(({ diagnostic, anchor }): ReviewFinding => {
    const seen = tried.get(diagnostic) ?? diagnostic;
    if (!repair) return { diagnostic: seen, anchor, offer: offerFor(seen) };
    if (diagnostic === repair.owner)
      return { diagnostic: { ...seen, fixes: [repair.fix] }, anchor, offer: repair.offer };
    const fixRefusal = seen.fixRefusal ?? 'another finding of the same comment is repaired first';
    return { diagnostic: { ...seen, fixes: [], fixRefusal }, anchor, offer: { kind: 'none', reason: fixRefusal } };
  });
  if (!first) return undefined;
  const remaining = repair ? remainingAfter(all, repair.ended) : [];
  return {
    anchor: bundle.anchor,
    findings: [first, ...rest],
    offer: repair?.offer ?? first.offer,
    ...(remaining.length > 0 && { remaining }),
  };
}

type Placed = readonly { readonly diagnostic: Diagnostic }[];

/** The first finding, worst first, for which a verified fix can be handed over. */
function firstOffer(
  all: Placed,
  tried: Map<Diagnostic, Diagnostic>,
  { verify }: FixVerifier,
  offerFor: (diagnostic: Diagnostic) => FixOffer,
): Repair | undefined {
  for (const { diagnostic } of all) {
    const verified = verify(diagnostic);
    tried.set(diagnostic, verified);
    const fix = verified.fixes.find((one) => one.verified);
    if (fix && offerFor(verified).kind !== 'none') return { owner: diagnostic, fix, ended: [diagnostic] };
  }
  return undefined;
}

/** The fix, widened until it ends the other errors and warnings as well, as far as that succeeds. */
function widened(
  start: Repair,
  all: readonly Diagnostic[],
  tried: Map<Diagnostic, Diagnostic>,
  { verify, together }: FixVerifier,
): Repair {
  let { fix } = start;
  const ended = [...start.ended];
  const others = all.filter((one) => one !== start.owner && !tried.has(one) && one.severity !== 'info');
  for (const other of others.slice(0, maxWidened)) {
    if (together([other], fix)) {
      ended.push(other);
      continue;
    }
    const verified = verify(other);
    tried.set(other, verified);
    const second = verified.fixes.find((one) => one.verified);
    const merged = second && mergedFix(fix, second);
    const both = merged && together([...ended, other], merged);
    if (!both) continue;
    fix = both;
    ended.push(other);
  }
  return { ...start, fix, ended };
}

/** The widened fix where it can be handed over, else the one that was there first. */
function handedOver(
  wide: Repair,
  start: Repair,
  offerFor: (diagnostic: Diagnostic) => FixOffer,
): Repair & { readonly offer: FixOffer } {
  const offer = offerFor({ ...wide.owner, fixes: [wide.fix] });
  if (offer.kind !== 'none') return { ...wide, offer };
  return { ...start, offer: offerFor({ ...start.owner, fixes: [start.fix] }) };
}

function remainingAfter(all: Placed, ended: readonly Diagnostic[]): readonly Diagnostic[] {
  return all.map(({ diagnostic }) => diagnostic).filter((one) => one.severity !== 'info' && !ended.includes(one));
}
