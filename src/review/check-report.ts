/** What the check run says: the verdict, the counts, everything that was found, and everything that was not looked at. */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import { formatConfigIssue } from '../config/config-issue.ts';
import type { ParsedConfig } from '../config/parse-config.ts';
import { boundedList, boundedText, clipped } from './bounded-text.ts';
import { type Verdict, verdict } from './conclusion.ts';
import type { FindingGroup, SnapshotReview } from './finding.ts';
import { cell, codeSpan, link, pathLink, prose } from './markdown.ts';
import type { Dismissal } from './memory.ts';
import { type LinkBase, permalink } from './permalink.ts';
import type { CheckAnnotation, CheckReport } from './ports.ts';
import { type ProposedConfig, proposedAnnotations, proposedText } from './proposed-config.ts';
import { compareSeverity, countBySeverity, severities } from './severity.ts';
import type { DismissedGroup } from './standing.ts';

/** Limits of the checks API: characters of title, summary and text, and of an annotation's message (64 KB). */
const limits = { title: 255, text: 65_535, message: 16_000 };

/** Items of one list; more are counted. */
const listed = 50;

/** Everything the report is made of. */
export interface ReportInput {
  readonly review: SnapshotReview;
  readonly config: ParsedConfig;
  /** Where the configuration came from, e.g. `.github/goplumber.yml`; absent when there is none. */
  readonly configOrigin?: string;
  readonly links: LinkBase;
  /** The configuration that the pull request itself brings. */
  readonly proposed?: ProposedConfig;
  /** Groups that no comment says: beyond the limit, or refused by GitHub. They become annotations. */
  readonly uncommented: readonly FindingGroup[];
  /** Why GitHub refused comments, one reason each. */
  readonly refusals: readonly string[];
  /** Groups that earlier comments say. */
  readonly alreadySaid: readonly FindingGroup[];
  /** Groups that people dismissed in this pull request; `review` is without them. */
  readonly dismissed: readonly DismissedGroup[];
  /** Who resolved threads without the right to dismiss; default: nobody. */
  readonly unheard?: readonly string[];
}

/** The report of a review that was made. */
export function checkReport(input: ReportInput): CheckReport {
  const { conclusion, reasons } = verdict(input.review, input.config, input.proposed);
  const found = input.review.groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => diagnostic));
  return {
    conclusion,
    title: clipped(titleOf(found, { conclusion, reasons }, input.dismissed.length), limits.title),
    summary: boundedText(summaryParts(input, found, { conclusion, reasons }), limits.text),
    text: boundedText(textParts(input), limits.text),
    annotations: [...input.uncommented.flatMap(annotationsOf), ...proposedAnnotations(input.proposed)],
  };
}

/** The report of a review that was not made, in one sentence of plain text with code in backquotes. */
export function shortReport(conclusion: CheckReport['conclusion'], title: string, sentence: string): CheckReport {
  return {
    conclusion,
    title: clipped(title, limits.title),
    summary: boundedText([prose(clipped(sentence, 4_000))], limits.text),
    annotations: [],
  };
}

function titleOf(found: readonly Diagnostic[], { conclusion, reasons }: Verdict, dismissed: number): string {
  const ended = dismissed === 0 ? '' : `, ${dismissed} dismissed`;
  const [reason] = reasons;
  if (found.length > 0) return `${countText(found)} in this change${ended}${reason === undefined ? '' : `; ${reason}`}`;
  const clean = dismissed > 0 ? `No open goroutine leaks${ended}` : 'No new goroutine leaks';
  if (reason === undefined) return clean;
  // Where the configuration lets it pass, the title must not sound as if it had not.
  return conclusion === 'success' ? `${clean}; ${reason}` : `Not a clean pass: ${reason}${ended}`;
}

function countText(found: readonly Diagnostic[]): string {
  const counts = countBySeverity(found);
  const texts = severities.flatMap((severity) => {
    const count = counts[severity];
    return count === 0 ? [] : [severity === 'info' || count === 1 ? `${count} ${severity}` : `${count} ${severity}s`];
  });
  return texts.join(', ');
}

function summaryParts(
  input: ReportInput,
  found: readonly Diagnostic[],
  { conclusion, reasons }: Verdict,
): readonly string[] {
  const { review } = input;
  const label = conclusion === 'success' ? 'Passes anyway' : 'Not a clean pass';
  return [
    configText(input),
    reasons.length > 0 ? `**${label}:** ${reasons.join('; ')}.` : '',
    undecidedText(review),
    countTable(found, input.links),
    commentText(input),
    dismissedText(input),
    unheardText(input),
    `${plural(review.filesAnalysed.length, 'changed Go file')} analysed.${fixedText(review)}`,
    otherCounts(review),
    originText(input),
  ];
}

/** What an undecided function means for the reader, and what can be done. */
function undecidedText({ undecided }: SnapshotReview): string {
  if (undecided.length === 0) return '';
  const one = undecided.length === 1;
  return `**Not decided.** ${plural(undecided.length, 'changed function')} ${one ? 'is' : 'are'} too large or too complex to be searched completely. What was found there is valid, but a leak may have been missed. Review ${one ? 'it' : 'them'} with care, or raise \`budgets.states\`; \`undecided\` in the configuration decides whether this passes.`;
}

/** The configuration in effect, so that nobody has to guess. */
function originText({ config: { config, readable }, configOrigin, proposed }: ReportInput): string {
  const origin = configOrigin === undefined || !readable ? 'defaults' : codeSpan(configOrigin);
  const settings = [
    `failOn ${config.failOn}`,
    `undecided ${config.undecided}`,
    `unfinished ${config.unfinished}`,
    ...[...config.rules].slice(0, 10).map(([rule, setting]) => `${rule} ${setting}`),
    ...(config.ignore.length > 0 ? [`${plural(config.ignore.length, 'ignored path')}`] : []),
    ...(config.tests ? [] : ['tests ignored']),
  ];
  const used = `Configuration: ${origin} (${settings.map(prose).join(', ')}).`;
  return proposed === undefined ? used : `${used} ${prose(proposedText(proposed))}`;
}

function configText({ config, configOrigin }: ReportInput): string {
  if (config.issues.length === 0) return '';
  const origin = configOrigin ?? '.github/goplumber.yml';
  const used = config.readable ? 'These settings keep their defaults' : 'The defaults were used';
  return `**Mistakes in the configuration.** ${used}:\n\n${boundedList(
    config.issues.map((issue) => prose(formatConfigIssue(origin, issue))),
    listed,
  )}`;
}

function countTable(found: readonly Diagnostic[], links: LinkBase): string {
  if (found.length === 0) return '';
  const rules = [...new Set(found.map(({ rule }) => rule))].map((rule) => ({
    rule,
    of: found.filter((one) => one.rule === rule),
  }));
  rules.sort((a, b) => worstFirst(a.of, b.of) || b.of.length - a.of.length || (a.rule < b.rule ? -1 : 1));
  const rows = rules.map(({ rule, of }) => {
    const counts = countBySeverity(of);
    return `| ${cell(link(codeSpan(rule), links.ruleUrl(rule)))} | ${severities.map((severity) => counts[severity] || '').join(' | ')} |`;
  });
  return ['| rule | error | warning | info |', '| --- | ---: | ---: | ---: |', ...rows].join('\n');
}

function worstFirst(a: readonly Diagnostic[], b: readonly Diagnostic[]): number {
  const worst = (of: readonly Diagnostic[]): Diagnostic['severity'] =>
    [...of].sort((x, y) => compareSeverity(x.severity, y.severity))[0]?.severity ?? 'info';
  return compareSeverity(worst(a), worst(b));
}

function commentText({ uncommented, alreadySaid, refusals }: ReportInput): string {
  const parts = [
    alreadySaid.length > 0
      ? `${plural(alreadySaid.length, 'finding')} ${alreadySaid.length === 1 ? 'is' : 'are'} in earlier comments and not repeated.`
      : '',
    uncommented.length > 0
      ? `${plural(uncommented.length, 'finding')} without a comment: see the annotations and the list below.`
      : '',
    refusals.length > 0
      ? `GitHub refused ${plural(refusals.length, 'comment')}: ${prose([...new Set(refusals)].slice(0, 3).join('; '))}.`
      : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** How the dismissed ones are silenced for good: the next pull request does not know what was dismissed in this one. */
function dismissedText({ dismissed, links }: ReportInput): string {
  if (dismissed.length === 0) return '';
  const items = dismissed.map(({ group, dismissal }) => {
    const { rule, location, subject } = group.findings[0].diagnostic;
    const { path, startLine } = subject ?? location;
    const directive = codeSpan(`//goplumber:ignore ${rule} <reason>`);
    return `${dismissalText(dismissal)}: ${directive} above ${pathLink(path, startLine, permalink(links, path, startLine))}`;
  });
  const count = dismissed.length === 1 ? 'One finding was' : `${dismissed.length} findings were`;
  return `**Dismissed.** ${count} dismissed here and does not fail the check. To silence it permanently, add a directive to the source:\n\n${boundedList(items, listed)}`.replace(
    'findings were dismissed here and does not',
    'findings were dismissed here and do not',
  );
}

/** The gate is not opened by a click of the author; nobody has to guess why it stays shut. */
function unheardText({ unheard = [] }: ReportInput): string {
  if (unheard.length === 0) return '';
  const who = unheard.slice(0, 5).map(codeSpan).join(', ');
  return `**Still counts.** ${who} resolved a thread here without write access. That ends the conversation, not the finding: somebody with write access has to resolve the thread or reply ${codeSpan('/goplumber ignore <reason>')}.`;
}

const waysToDismiss = {
  ignored: 'ignored',
  resolved: 'thread resolved',
  hidden: 'comment hidden',
  deleted: 'comment deleted',
} as const;

function dismissalText({ how, by, reason }: Dismissal): string {
  const who = by === undefined ? '' : ` by ${codeSpan(by)}`;
  return `${waysToDismiss[how]}${who}${reason === undefined ? '' : ` (${prose(clipped(reason, 200))})`}`;
}

function fixedText({ delta }: SnapshotReview): string {
  return delta.resolved.length === 0 ? '' : ` The change ends ${plural(delta.resolved.length, 'earlier finding')}.`;
}

function otherCounts(review: SnapshotReview): string {
  const rows = [
    [review.unplaced.length, 'new, but not on a line of the change'],
    [review.withheld.length, 'held back'],
    [review.suppressed.length, 'silenced in the source'],
    [review.delta.persisting.length, 'already in the base'],
    [review.unknowns.length - review.undecided.length, 'not decided outside the changed functions'],
    [review.implausible.length, 'implausible'],
    [review.omissions.length, 'files not analysed or in part'],
    [review.crashes.length, 'rules that failed or were not finished'],
  ] as const;
  const told = rows.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length === 0 ? '' : `Not commented: ${told.join(', ')}.`;
}

function textParts({ review, links }: ReportInput): readonly string[] {
  const at = (diagnostic: Diagnostic): string => {
    const { path, startLine } = diagnostic.location;
    return pathLink(path, startLine, permalink(links, path, startLine));
  };
  const line = (diagnostic: Diagnostic): string =>
    `**${diagnostic.severity}** ${codeSpan(diagnostic.rule)} ${at(diagnostic)} ${prose(clipped(diagnostic.message, 500))}`;
  const because = (one: { readonly diagnostic: Diagnostic; readonly reason: string }): string =>
    `${line(one.diagnostic)} — ${prose(one.reason)}`;
  const file = ({ path, reason }: { readonly path: string; readonly reason: string }): string =>
    `${codeSpan(path)}: ${prose(clipped(reason, 300))}`;
  return [
    section(
      'Findings',
      review.groups.flatMap(({ findings }) => findings.map(({ diagnostic }) => line(diagnostic))),
    ),
    section('New, but not on a line of the change', review.unplaced.map(because)),
    section('Not analysed, or in part', review.omissions.map(file)),
    section(
      'Not decided',
      review.unknowns.map(
        ({ reason, location }) =>
          `${pathLink(location.path, location.startLine, permalink(links, location.path, location.startLine))} ${prose(clipped(reason, 300))}`,
      ),
    ),
    section(
      'Implausible: what would have to be true',
      review.implausible.map(
        ({ operation, assumption, location }) =>
          `${pathLink(location.path, location.startLine, permalink(links, location.path, location.startLine))} ${codeSpan(clipped(operation, 200))} blocks if ${prose(clipped(assumption, 300))}`,
      ),
    ),
    section(
      'Rules that failed or were not finished',
      review.crashes.map(
        ({ rule, dir, message }) => `${codeSpan(rule)} in ${codeSpan(dir)}: ${prose(clipped(message, 300))}`,
      ),
    ),
    section('Held back', review.withheld.map(because)),
    section('Silenced in the source', review.suppressed.map(because)),
  ];
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `### ${title}\n\n${boundedList(items, listed)}`;
}

/** One for each group, on a line of head; a group on a deleted line has none, and the text lists it. */
function annotationsOf({ anchor, findings }: FindingGroup): readonly CheckAnnotation[] {
  if (anchor.side === 'LEFT') return [];
  const texts = findings.map(({ diagnostic: { message, advice } }) => [
    message,
    ...(advice === undefined ? [] : [advice]),
  ]);
  const [lead] = findings;
  return [
    {
      path: anchor.path,
      startLine: anchor.startLine ?? anchor.line,
      endLine: anchor.line,
      level: levels[lead.diagnostic.severity],
      title: clipped(lead.diagnostic.rule, limits.title),
      message: clipped(texts.flat().join('\n\n'), limits.message),
    },
  ];
}

const levels = { error: 'failure', warning: 'warning', info: 'notice' } as const;

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
