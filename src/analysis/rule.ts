/** The interface of a leak rule: see it, say it, repair it. */
import type { File, FuncDecl, Node } from '../go/ast.ts';
import type { GoPackage } from '../go/package.ts';
import type { Range } from '../text/offset.ts';
import type { FixRefusal, Location, Report, RuleGroup, Severity, SuggestedFix } from './diagnostic.ts';
import type { TeamResource } from './team-resource.ts';

/** A known false alarm or miss of a rule, for its documentation page. */
export interface KnownProblem {
  readonly kind: 'miss' | 'false-alarm';
  readonly text: string;
}

export interface RuleMeta {
  /** Kebab-case noun phrase that names the defect and reads well after "ignore". */
  readonly id: string;
  readonly group: RuleGroup;
  /** One sentence for tables and SARIF. */
  readonly summary: string;
  readonly severity: Severity;
  /** Reported only as a bullet of another comment on the same subject unless the configuration switches it on. */
  readonly companion?: boolean;
  /** Off unless the configuration switches it on. */
  readonly offByDefault?: boolean;
  /** Version of Goplumber that brought the rule. */
  readonly since: string;
  /** Go versions for which the rule speaks, e.g. `<1.23`; absent = all. */
  readonly goVersions?: string;
  readonly knownProblems: readonly KnownProblem[];
}

/** What a rule gets to look at. A rule never sees hunks, configuration or GitHub. */
export interface Pass {
  readonly pkg: GoPackage;
  /** Files in which findings are wanted: without generated, vendored and `testdata` files. All of `pkg` may be read. */
  readonly files: readonly File[];
  /** Findings are wanted in test files alone: what can be said of the other files is said without the tests. */
  readonly testsOnly?: true;
  /** States that one search of the explorer may visit; absent = its own default. */
  readonly searchStates?: number;
  /** Functions from which the explorer searches; absent = all. Used when a fix is verified. */
  readonly searchFrom?: (decl: FuncDecl) => boolean;
  /** Of what the explorer finds, only paths that lie in these functions are told; absent = all. */
  readonly pathsIn?: (decl: FuncDecl) => boolean;
  /** Resources that the configuration adds to those that the rules know. */
  readonly resources?: readonly TeamResource[];
  /** Told how far long computations have come; for display alone. */
  readonly progress?: (phase: 'slicing' | 'searching', done: number, of: number) => void;
  /** The location of a node or of a range of a file. */
  at(file: File, where: Node | Range): Location;
  /**
   * A value computed once per package and shared by all rules, e.g. the leaks found by the explorer. `compute` runs on
   * first use; if it throws, every rule that asks is recorded as crashed and the others go on.
   */
  shared<T>(key: SharedKey<T>): T;
  /** Counts something that was not decided (out of budget, unsupported construct) for the check run's report. */
  unknown(reason: string, where: Location): void;
  /** Counts a leak of which nothing is said, with the assumption that silences it. */
  implausible(leak: Implausible): void;
}

/** A leak of which nothing is said, because its path rests on something implausible. */
export interface Implausible {
  readonly location: Location;
  /** The operation that would be blocked, as written. */
  readonly operation: string;
  /** The function from which the path starts. */
  readonly entry: string;
  /** The kind of the assumption, in kebab case. */
  readonly kind: string;
  /** What would have to be so, as a clause. */
  readonly assumption: string;
  /** The operation would panic, not block. */
  readonly panics?: true;
}

/** Names a shared value and says how to compute it. Make one constant per value: identity is the key. */
export interface SharedKey<T> {
  readonly name: string;
  readonly compute: (pass: Pass) => T;
}

/** What `detect` found: any data the rule needs to say it and to repair it. */
export type Finding = object;

export interface Rule<F extends Finding = Finding> {
  readonly meta: RuleMeta;
  /** Sees it. Cheap questions first: a package without the rule's constructs must cost a query and no more. */
  detect(pass: Pass): readonly F[];
  /** Says it. */
  describe(finding: F, pass: Pass): Report;
  /** Repairs it, best candidate first, or says why not. Candidates are verified by the caller. */
  fix?(finding: F, pass: Pass): readonly SuggestedFix[] | FixRefusal;
}

/** A rule whose finding type is hidden, so that rules of different findings stand in one list. Made by `anyRule`. */
export interface AnyRule {
  readonly meta: RuleMeta;
  /** Whether the rule has a `fix` at all. */
  readonly repairs: boolean;
  evaluate(pass: Pass): readonly EvaluatedFinding[];
}

/** One finding, said; its fixes are computed only when somebody asks. */
export interface EvaluatedFinding {
  readonly report: Report;
  readonly fixes: () => readonly SuggestedFix[] | FixRefusal;
}

/** Hides the finding type of a rule. */
export function anyRule<F extends Finding>(rule: Rule<F>): AnyRule {
  return {
    meta: rule.meta,
    repairs: rule.fix !== undefined,
    evaluate: (pass) =>
      rule.detect(pass).map((finding) => ({
        report: rule.describe(finding, pass),
        fixes: () => rule.fix?.(finding, pass) ?? { kind: 'refused', reason: 'the rule offers no fix' },
      })),
  };
}

/** A rule with what other detections add under the same facts. */
export function together(rule: AnyRule, others: readonly AnyRule[]): AnyRule {
  if (others.length === 0) return rule;
  return {
    ...rule,
    repairs: rule.repairs || others.some(({ repairs }) => repairs),
    evaluate: (pass) => [rule, ...others].flatMap((each) => each.evaluate(pass)),
  };
}
