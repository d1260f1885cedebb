/** Findings on one subject become one group, and so one comment; each group gets at most one offer of a fix. */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import type { ChangeMap } from './change-map.ts';
import type {
  Anchor,
  FindingGroup,
  FixOffer,
  PlacedDiagnostic,
  ReviewFinding,
  UnplacedDiagnostic,
  Withheld,
} from './finding.ts';
import { offerOf, patchOffer, type TextOf } from './offer.ts';
import { compareSeverity } from './severity.ts';

export interface GroupOptions {
  /** Rules that only ever join another comment on the same subject. */
  readonly companions: ReadonlySet<string>;
  /** Offer one-click suggestions. */
  readonly suggestions: boolean;
  /** Adds the verified fixes to a diagnostic. Expensive: called for at most `maxVerified` diagnostics, worst first. */
  readonly verify: (diagnostic: Diagnostic) => Diagnostic;
}

export interface Grouped {
  /** In the order of path and line. */
  readonly groups: readonly FindingGroup[];
  readonly unplaced: readonly UnplacedDiagnostic[];
  readonly withheld: readonly Withheld[];
}

/** Each verification analyses a package again; beyond this many findings nobody reads the fixes. */
export const maxVerified = 100;

/** Merges placed diagnostics by subject. An unplaced one joins the comment of a placed one on the same subject. */
export function groupFindings(
  found: readonly (PlacedDiagnostic | UnplacedDiagnostic)[],
  changes: ChangeMap,
  textOf: TextOf,
  options: GroupOptions,
): Grouped {
  const bySubject = new Map<string, (PlacedDiagnostic | UnplacedDiagnostic)[]>();
  for (const one of found) {
    const key = subjectKey(one.diagnostic);
    bySubject.set(key, [...(bySubject.get(key) ?? []), one]);
  }
  const unplaced: UnplacedDiagnostic[] = [];
  const withheld: Withheld[] = [];
  const bundles: Bundle[] = [];
  for (const members of bySubject.values()) {
    const sorted = [...members].sort((a, b) => rank(a.diagnostic, b.diagnostic, options));
    if (sorted.every(({ diagnostic }) => options.companions.has(diagnostic.rule))) {
      const reason = 'it is only said beside another finding on the same statement';
      withheld.push(...sorted.map(({ diagnostic }) => ({ diagnostic, reason })));
      continue;
    }
    const leader = sorted.find((one) => one.kind === 'placed' && !options.companions.has(one.diagnostic.rule));
    if (leader?.kind === 'placed')
      bundles.push({ anchor: leader.anchor, diagnostics: sorted.map(({ diagnostic }) => diagnostic) });
    else unplaced.push(...sorted.map((one) => (one.kind === 'unplaced' ? one : unplacedWith(one))));
  }
  return { groups: withOffers(bundles, changes, textOf, options), unplaced, withheld };
}

interface Bundle {
  readonly anchor: Anchor;
  readonly diagnostics: readonly Diagnostic[];
}

function subjectKey(diagnostic: Diagnostic): string {
  const { path, range } = diagnostic.subject ?? diagnostic.location;
  return JSON.stringify([path, range.start, range.end]);
}

/** Worst first; companions last. */
function rank(a: Diagnostic, b: Diagnostic, { companions }: GroupOptions): number {
  return Number(companions.has(a.rule)) - Number(companions.has(b.rule)) || compareSeverity(a.severity, b.severity);
}

/** A companion alone on a changed line does not make a comment of findings that have no place. */
function unplacedWith(one: PlacedDiagnostic): UnplacedDiagnostic {
  return {
    kind: 'unplaced',
    diagnostic: one.diagnostic,
    reason: 'the finding that it belongs to has no line in the change',
  };
}

function withOffers(
  bundles: readonly Bundle[],
  changes: ChangeMap,
  textOf: TextOf,
  options: GroupOptions,
): readonly FindingGroup[] {
  const taken: Extract<FixOffer, { kind: 'suggestion' }>[] = [];
  let left = maxVerified;
  const verify = (diagnostic: Diagnostic): Diagnostic =>
    left-- > 0 ? options.verify(diagnostic) : { ...diagnostic, fixRefusal: 'not tried: there are too many findings' };
  const order = [...bundles].sort((a, b) => compareSeverity(worst(a), worst(b)) || byAnchor(a.anchor, b.anchor));
  const groups = order.flatMap((bundle): FindingGroup[] => {
    const findings = repaired(bundle, verify, (diagnostic) =>
      freeOffer(diagnostic, changes, textOf, options.suggestions, taken),
    );
    taken.push(...findings.flatMap(({ offer }) => (offer.kind === 'suggestion' ? [offer] : [])));
    const [first, ...rest] = findings;
    return first ? [groupOf(bundle.anchor, [first, ...rest], changes)] : [];
  });
  return groups.sort((a, b) => byAnchor(a.anchor, b.anchor));
}

/** Fixes of one subject edit the same lines, so a comment carries one: that of its first finding that has one. */
function repaired(
  bundle: Bundle,
  verify: (diagnostic: Diagnostic) => Diagnostic,
  offerFor: (diagnostic: Diagnostic) => FixOffer,
): readonly ReviewFinding[] {
  let done = false;
  return bundle.diagnostics.map((unverified): ReviewFinding => {
    if (done) {
      const fixRefusal = 'another finding on the same statement is repaired first';
      return {
        diagnostic: { ...unverified, fixRefusal },
        anchor: bundle.anchor,
        offer: { kind: 'none', reason: fixRefusal },
      };
    }
    const diagnostic = verify(unverified);
    const offer = offerFor(diagnostic);
    done = offer.kind !== 'none';
    return { diagnostic, anchor: bundle.anchor, offer };
  });
}

function worst(bundle: Bundle): Diagnostic['severity'] {
  return bundle.diagnostics[0]?.severity ?? 'info';
}

/** The first verified fix; a suggestion only on lines that no other suggestion of this review replaces. */
function freeOffer(
  diagnostic: Diagnostic,
  changes: ChangeMap,
  textOf: TextOf,
  oneClick: boolean,
  taken: readonly Extract<FixOffer, { kind: 'suggestion' }>[],
): FixOffer {
  const fix = diagnostic.fixes.find(({ verified }) => verified);
  if (!fix) return { kind: 'none', reason: diagnostic.fixRefusal ?? 'the rule offers no fix' };
  const offer = offerOf(fix, changes, textOf, oneClick);
  if (offer.kind !== 'suggestion') return offer;
  const clash = taken.some(
    (other) => other.path === offer.path && other.startLine <= offer.endLine && offer.startLine <= other.endLine,
  );
  return clash ? patchOffer(fix, textOf) : offer;
}

function groupOf(anchor: Anchor, findings: FindingGroup['findings'], changes: ChangeMap): FindingGroup {
  const offer = findings.find((finding) => finding.offer.kind !== 'none')?.offer ?? findings[0].offer;
  if (offer.kind !== 'suggestion') return { anchor, findings, offer };
  const { path, startLine, endLine, hunk } = offer;
  // A suggestion replaces the very lines that its comment stands on.
  const moved: Anchor = {
    path,
    side: 'RIGHT',
    line: endLine,
    ...(startLine < endLine && { startLine }),
    hunk,
    change: changes.get(path)?.right.get(endLine)?.kind ?? 'context',
  };
  return { anchor: moved, findings: movedFindings(findings, moved), offer };
}

function movedFindings([first, ...rest]: FindingGroup['findings'], anchor: Anchor): FindingGroup['findings'] {
  const move = (finding: ReviewFinding): ReviewFinding => ({ ...finding, anchor });
  return [move(first), ...rest.map(move)];
}

function byAnchor(a: Anchor, b: Anchor): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (
    (a.startLine ?? a.line) - (b.startLine ?? b.line) ||
    a.line - b.line ||
    (a.side < b.side ? -1 : a.side > b.side ? 1 : 0)
  );
}
