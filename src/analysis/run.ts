/** Runs rules over one package. Pure and synchronous; a crash of one rule is recorded and hides no other. */
import type { FuncDecl } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import { explorerWork, rulesWork, stepsFor } from '../work/limits.ts';
import { bounded, Interrupted, isEnd, isEnding, WorkLimit } from '../work/meter.ts';
import type { Diagnostic, FixRefusal, Report, RuleGroup, Severity, SuggestedFix } from './diagnostic.ts';
import { type Identity, identifyAll } from './fingerprint.ts';
import { compareLocations, sameLocation } from './locate.ts';
import { messageOf, type PassRun, reportsIn, startPass, type Unknown } from './pass.ts';
import type { AnyRule, Implausible, Pass, RuleMeta } from './rule.ts';
import { type Directives, directivesOf, type Suppression, suppressionFor } from './suppressions.ts';

/** What an analysis is busy with: which functions need a search, their searches, or trying fixes. */
export type AnalysisPhase = 'reading' | 'slicing' | 'searching' | 'fixes';

/** Told how far an analysis has come, for display alone. */
export type AnalysisProgress = (phase: AnalysisPhase, done: number, of: number) => void;

/** What the configuration says about rules, as plain values. */
export interface AnalysisOptions extends Pick<Pass, 'resources'> {
  /**
   * Severity by rule id, in place of the rule's default. A report that claims less than its rule's default (a leak that
   * depends on an outsider) is not raised by it.
   */
  readonly severities?: ReadonlyMap<string, Severity>;
  /** Rules that do not run. */
  readonly disabled?: ReadonlySet<string>;
  /** Rules that run and report although they are off by default or companions. */
  readonly enabled?: ReadonlySet<string>;
  /** Rule ids that a `goplumber:ignore` may name; default: those of the list. Give all ids when running a part of them. */
  readonly knownRules?: ReadonlySet<string>;
  /** States that one search of the explorer may visit; default: its own. */
  readonly searchStates?: number;
  /** Functions from which the explorer searches; default: all that are worth it. */
  readonly searchFrom?: (decl: FuncDecl) => boolean;
  /** Of what the explorer finds, only paths that lie in these functions are told; default: all. */
  readonly pathsIn?: (decl: FuncDecl) => boolean;
  readonly progress?: AnalysisProgress;
}

export interface SuppressedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly by: Suppression['kind'];
  readonly reason: string;
}

/** A rule that threw or was ended. Some of its diagnostics are missing; those of all other rules are there. */
export interface RuleCrash {
  readonly rule: string;
  readonly message: string;
  /** The package takes more work than the limit, or the run was interrupted: nothing is wrong with the rule. */
  readonly unfinished?: true;
}

/** What became of a rule, as a clause. */
export function crashText({ rule, message, unfinished }: RuleCrash): string {
  return `rule ${rule} ${unfinished ? 'was not finished' : 'crashed'}: ${message}`;
}

export interface AnalysisResult {
  /** In order of path, place and rule. `fixes` is empty here: ask `withVerifiedFixes` for the diagnostics you show. */
  readonly diagnostics: readonly Diagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  readonly unknowns: readonly Unknown[];
  /** Leaks of which nothing is said, each with the assumption that its path rests on. */
  readonly implausible: readonly Implausible[];
  readonly crashes: readonly RuleCrash[];
  /** Unverified candidates of one of these diagnostics, best first, or why there is none. Computed when asked. */
  candidateFixes(diagnostic: Diagnostic): readonly SuggestedFix[] | FixRefusal;
}

/** The rule that reports directives which have no effect. It needs no detection, so it is not in the list of rules. */
export const badDirective: RuleMeta = {
  id: 'bad-directive',
  group: 'directive',
  summary: 'A `goplumber:` directive has no effect: no reason, no rule, or a rule that does not exist.',
  severity: 'warning',
  since: '0.1.0',
  knownProblems: [],
};

type Fixes = () => readonly SuggestedFix[] | FixRefusal;

interface Found {
  readonly meta: RuleMeta;
  readonly report: Report;
  readonly fixes: Fixes;
}

/**
 * Analyses one package with the given rules. The same input gives the same result, in the same order. Production code is
 * analysed without the package's test files, which then have a pass of their own: a test neither adds nor hides anything.
 */
export function analysePackage(
  pkg: GoPackage,
  rules: readonly AnyRule[],
  options: AnalysisOptions = {},
): AnalysisResult {
  const runs = passesOver(pkg, options);
  const crashes: RuleCrash[] = [];
  const evaluation: Evaluation = { crashes, left: workFor(pkg) };
  const directives = readDirectives(pkg, rules, options);
  const found = [
    ...runs.flatMap(({ pass }) => findings(pass, rules, options, evaluation)),
    ...(runsRule(badDirective, options) ? directives.bad.map(sayBadDirective) : []),
  ];
  found.sort(compareFound);
  const unknowns = runs.flatMap((run) => run.unknowns);
  const implausible = runs.flatMap((run) => run.implausible);
  const identities = identifyAll(
    pkg,
    found.map(({ meta, report }) => ({ rule: meta.id, report })),
  );
  const fixes = new Map<Diagnostic, Fixes>();
  const told = found.map((one, at): Told => {
    const diagnostic = toDiagnostic(one, identities[at], options);
    fixes.set(diagnostic, one.fixes);
    const companion = one.meta.companion === true && options.enabled?.has(one.meta.id) !== true;
    const suppression = suppressionFor(directives.suppressions, one.meta.id, one.report);
    return { diagnostic, suppression, companion };
  });
  const shown = withoutLoneCompanions(told);
  return {
    diagnostics: shown.filter((one) => !one.suppression).map((one) => one.diagnostic),
    suppressed: shown.flatMap(({ diagnostic, suppression }) =>
      suppression ? [{ diagnostic, by: suppression.kind, reason: suppression.reason }] : [],
    ),
    unknowns,
    implausible,
    crashes,
    candidateFixes: (diagnostic) => callFixes(fixes.get(diagnostic)),
  };
}

function passesOver(pkg: GoPackage, options: AnalysisOptions): readonly PassRun[] {
  const { production } = pkg;
  if (production === pkg) return [startPass(pkg, options)];
  const tests = startPass(pkg, { ...options, testsOnly: true });
  return production.files.length === 0 ? [tests] : [startPass(production, options), tests];
}

/** What the rules find in the files of the pass, in order, each thing once. */
function findings(
  pass: Pass,
  rules: readonly AnyRule[],
  options: AnalysisOptions,
  evaluation: Evaluation,
): readonly Found[] {
  const found = rules
    .filter((rule) => runsRule(rule.meta, options))
    .flatMap((rule) => evaluate(rule, pass, evaluation))
    .filter(({ report }) => pass.files.some((file) => file.path === report.location.path));
  found.sort(compareFound);
  return found.filter((one, at) => !repeats(one, found[at - 1]));
}

interface Told {
  readonly diagnostic: Diagnostic;
  readonly suppression: Suppression | undefined;
  readonly companion: boolean;
}

/** A companion is said only beside a diagnostic of another rule about the same thing. */
function withoutLoneCompanions(told: readonly Told[]): readonly Told[] {
  const leaders = told.filter((one) => !one.suppression && !one.companion).map((one) => one.diagnostic);
  return told.filter((one) => !one.companion || leaders.some((leader) => shareSubject(leader, one.diagnostic)));
}

/** Whether two diagnostics belong in one comment: same subject, or the one's location is the other's subject. */
export function shareSubject(a: Diagnostic, b: Diagnostic): boolean {
  return sameLocation(a.subject ?? a.location, b.subject ?? b.location);
}

function runsRule(meta: RuleMeta, options: AnalysisOptions): boolean {
  if (options.disabled?.has(meta.id)) return false;
  return meta.offByDefault !== true || options.enabled?.has(meta.id) === true;
}

function readDirectives(pkg: GoPackage, rules: readonly AnyRule[], options: AnalysisOptions): Directives {
  const known = options.knownRules ?? new Set([...rules.map((rule) => rule.meta.id), badDirective.id]);
  const all = pkg.files.filter(reportsIn).map((file) => directivesOf(file, known));
  return { suppressions: all.flatMap((one) => one.suppressions), bad: all.flatMap((one) => one.bad) };
}

/** What the rules of a package share: the work that is left to them, and a list of those that did not come to an end. */
interface Evaluation {
  readonly crashes: RuleCrash[];
  left: number;
}

function workFor(pkg: GoPackage): number {
  return stepsFor(explorerWork, pkg.size) + stepsFor(rulesWork, pkg.size);
}

function evaluate({ meta, evaluate: run }: AnyRule, pass: Pass, evaluation: Evaluation): readonly Found[] {
  const unfinished = (error: Error): void => {
    evaluation.crashes.push({ rule: meta.id, message: error.message, unfinished: true });
  };
  if (isEnding()) {
    unfinished(new Interrupted());
    return [];
  }
  try {
    const found = bounded(evaluation.left, () => run(pass));
    evaluation.left -= found.used;
    // A search that was interrupted gives what it has found so far.
    if (isEnding()) unfinished(new Interrupted());
    if (found.kind === 'done') return found.value.map(({ report, fixes }) => ({ meta, report, fixes }));
    unfinished(new WorkLimit());
  } catch (error) {
    if (error instanceof Interrupted) unfinished(error);
    else evaluation.crashes.push({ rule: meta.id, message: messageOf(error) });
  }
  return [];
}

function sayBadDirective(report: Report): Found {
  return { meta: badDirective, report, fixes: () => ({ kind: 'refused', reason: 'only its author knows the reason' }) };
}

function compareFound(a: Found, b: Found): number {
  const byPlace = compareLocations(a.report.location, b.report.location);
  if (byPlace !== 0) return byPlace;
  if (a.meta.id !== b.meta.id) return a.meta.id < b.meta.id ? -1 : 1;
  return a.report.message < b.report.message ? -1 : a.report.message > b.report.message ? 1 : 0;
}

function repeats(one: Found, before: Found | undefined): boolean {
  return (
    before !== undefined &&
    one.meta.id === before.meta.id &&
    sameLocation(one.report.location, before.report.location) &&
    one.report.message === before.report.message
  );
}

function toDiagnostic({ meta, report }: Found, identity: Identity | undefined, options: AnalysisOptions): Diagnostic {
  return {
    rule: meta.id,
    group: meta.group satisfies RuleGroup,
    severity: severityOf(meta, report, options),
    location: report.location,
    message: report.message,
    ...(report.advice === undefined ? {} : { advice: report.advice }),
    causes: report.causes ?? [],
    related: report.related ?? [],
    witness: report.witness ?? [],
    ...(report.scenario ? { scenario: report.scenario } : {}),
    fixes: [],
    ...(report.subject === undefined ? {} : { subject: report.subject }),
    ...(report.rootCause === undefined ? {} : { rootCause: report.rootCause }),
    fingerprint: identity?.fingerprint ?? '',
    ...(identity && { structure: identity.structure }),
  };
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

function severityOf(meta: RuleMeta, report: Report, options: AnalysisOptions): Severity {
  const wanted = options.severities?.get(meta.id) ?? meta.severity;
  if (report.severity === undefined) return wanted;
  if (!options.severities?.has(meta.id)) return report.severity;
  return RANK[report.severity] < RANK[wanted] ? report.severity : wanted;
}

function callFixes(fixes: Fixes | undefined): readonly SuggestedFix[] | FixRefusal {
  if (!fixes) return { kind: 'refused', reason: 'the diagnostic is not of this analysis' };
  try {
    return fixes();
  } catch (error) {
    if (isEnd(error)) throw error;
    return { kind: 'refused', reason: `the search for a fix failed: ${messageOf(error)}` };
  }
}
