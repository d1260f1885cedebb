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
import type { FixVerifier } from './package-analysis.ts';
import { repairBundle } from './repair.ts';
import { compareSeverity } from './severity.ts';

export interface GroupOptions {
  /** Rules that only ever join another comment on the same subject. */
  readonly companions: ReadonlySet<string>;
  /** Offer one-click suggestions. */
  readonly suggestions: boolean;
  /** Adds the verified fixes to a diagnostic. Expensive: called for at most `maxVerified` diagnostics, worst first. */
  readonly verify: FixVerifier['verify'];
  readonly together: FixVerifier['together'];
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
      const reason = 'it is only reported together with another finding on the same statement';
      withheld.push(...sorted.map(({ diagnostic }) => ({ diagnostic, reason })));
      continue;
    }
    const leader = sorted.find((one) => one.kind === 'placed' && !options.companions.has(one.diagnostic.rule));
    if (leader?.kind === 'placed')
      bundles.push({ anchor: leader.anchor, diagnostics: sorted.map(({ diagnostic }) => diagnostic), elsewhere: [] });
    else unplaced.push(...sorted.map((one) => (one.kind === 'unplaced' ? one : unplacedWith(one))));
  }
  return { groups: withOffers(joined(bundles), changes, textOf, options), unplaced, withheld };
}

/** Diagnostics of one comment: those of the leader's subject first. */
export interface Bundle {
  readonly anchor: Anchor;
  readonly diagnostics: readonly Diagnostic[];
  /** Other subjects with the same root cause, each with the place where it would have been said alone. */
  readonly elsewhere: readonly { readonly anchor: Anchor; readonly diagnostic: Diagnostic }[];
}

/** Findings in one comment, at most: its marker has to hold them all. */
const maxJoined = 50;

/** Bundles whose leaders have one rule and one root cause become one, led by the worst and first. */
function joined(bundles: readonly Bundle[]): readonly Bundle[] {
  const byCause = new Map<string, Bundle>();
  const result: Bundle[] = [];
  for (const bundle of [...bundles].sort(
    (a, b) => compareSeverity(worst(a), worst(b)) || byAnchor(a.anchor, b.anchor),
  )) {
    const [leader] = bundle.diagnostics;
    const cause = leader?.rootCause;
    const key = leader && cause ? JSON.stringify([leader.rule, cause.path, cause.range.start, cause.range.end]) : '';
    const first = key === '' ? undefined : byCause.get(key);
    if (!first || first.elsewhere.length + bundle.diagnostics.length > maxJoined) {
      byCause.set(key, bundle);
      result.push(bundle);
      continue;
    }
    const { anchor, diagnostics } = bundle;
    const more = {
      ...first,
      elsewhere: [...first.elsewhere, ...diagnostics.map((diagnostic) => ({ anchor, diagnostic }))],
    };
    result[result.indexOf(first)] = more;
    byCause.set(key, more);
  }
  return result;
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
    const group = repairBundle(bundle, { ...options, verify }, (diagnostic) =>
      freeOffer(diagnostic, changes, textOf, options.suggestions, taken),
    );
    if (!group) return [];
    if (group.offer.kind === 'suggestion') taken.push(group.offer);
    return [onItsLines(group, changes)];
  });
  return groups.sort((a, b) => byAnchor(a.anchor, b.anchor));
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

/** A suggestion replaces the very lines that its comment stands on. */
function onItsLines(group: FindingGroup, changes: ChangeMap): FindingGroup {
  const { offer, anchor } = group;
  if (offer.kind !== 'suggestion') return group;
  const { path, startLine, endLine, hunk } = offer;
  const moved: Anchor = {
    path,
    side: 'RIGHT',
    line: endLine,
    ...(startLine < endLine && { startLine }),
    hunk,
    change: changes.get(path)?.right.get(endLine)?.kind ?? 'context',
  };
  const move = (finding: ReviewFinding): ReviewFinding =>
    finding.anchor === anchor ? { ...finding, anchor: moved } : finding;
  const [first, ...rest] = group.findings;
  return { ...group, anchor: moved, findings: [move(first), ...rest.map(move)] };
}

function byAnchor(a: Anchor, b: Anchor): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (
    (a.startLine ?? a.line) - (b.startLine ?? b.line) ||
    a.line - b.line ||
    (a.side < b.side ? -1 : a.side > b.side ? 1 : 0)
  );
}
