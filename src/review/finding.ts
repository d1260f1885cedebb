/** What a review is made of, from a diagnostic with an anchor to everything that was found in one snapshot. */
import type { Diagnostic } from '../analysis/diagnostic.ts';
import type { Unknown } from '../analysis/pass.ts';
import type { Implausible } from '../analysis/rule.ts';
import type { SuppressedDiagnostic } from '../analysis/run.ts';
import type { Omission, RepositoryRef } from './ports.ts';

/** A place where GitHub accepts a review comment: inside one hunk. Lines are 1-based; LEFT lines are the base's. */
export interface Anchor {
  /** Path at head (for a removed file, at the base): the path under which the diff lists the file. */
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
  /** Smaller than `line` and in the same hunk; absent for one line. */
  readonly startLine?: number;
  /** Index into the changed file's hunks. */
  readonly hunk: number;
  /** What stands at `line`: deleted lines are LEFT, the others RIGHT. */
  readonly change: 'added' | 'context' | 'deleted';
}

/** A diagnostic with the line of the change at which it is said. */
export interface PlacedDiagnostic {
  readonly kind: 'placed';
  readonly diagnostic: Diagnostic;
  readonly anchor: Anchor;
}

/** A diagnostic that no line of the change carries: counted in the check run, never commented. */
export interface UnplacedDiagnostic {
  readonly kind: 'unplaced';
  readonly diagnostic: Diagnostic;
  readonly reason: string;
}

/** How a verified fix is handed over. */
export type FixOffer =
  /** One click: replaces the lines `startLine..endLine` of the head file (inside one hunk). */
  | {
      readonly kind: 'suggestion';
      readonly message: string;
      readonly path: string;
      readonly startLine: number;
      readonly endLine: number;
      readonly hunk: number;
      /** Whole lines, byte-exact, without the last line's ending; undefined deletes the lines. */
      readonly replacement: string | undefined;
      /** How the replaced lines end, and so the new ones. */
      readonly ending: '\n' | '\r\n';
    }
  /** Several places, or outside the hunks: a unified diff against head that `git apply` accepts. */
  | { readonly kind: 'patch'; readonly message: string; readonly diff: string }
  | { readonly kind: 'none'; readonly reason: string };

/** One new diagnostic with its place and its repair. The fixes of `diagnostic` are the verified ones only. */
export interface ReviewFinding {
  readonly diagnostic: Diagnostic;
  readonly anchor: Anchor;
  readonly offer: FixOffer;
}

/** Findings with one cause, said in one comment: those on one subject most severe first, then other places; never empty. */
export interface FindingGroup {
  readonly anchor: Anchor;
  readonly findings: readonly [ReviewFinding, ...ReviewFinding[]];
  /** The offer of the most severe finding that has one; a suggestion's lines are the anchor's lines. */
  readonly offer: FixOffer;
  /** Errors and warnings that are still there after the offered fix. */
  readonly remaining?: readonly Diagnostic[];
}

/** Something that was found and is not said, and why. */
export interface Withheld {
  readonly diagnostic: Diagnostic;
  readonly reason: string;
}

/** Diagnostics of head compared with those of the merge base. */
export interface DiagnosticDelta {
  readonly introduced: readonly Diagnostic[];
  readonly persisting: readonly Diagnostic[];
  /** Diagnostics of the base that are gone at head. */
  readonly resolved: readonly Diagnostic[];
}

/** A rule that threw or was ended while it looked at a package; what it would have said there is not known. */
export interface PackageCrash {
  readonly dir: string;
  readonly rule: string;
  readonly message: string;
  /** It was ended, since the package takes too much work; nothing is wrong with it. */
  readonly unfinished?: true;
}

/** Everything that the review of one snapshot established. Pure data; the command line and the App both print it. */
export interface SnapshotReview {
  readonly repository: RepositoryRef;
  readonly headSha: string;
  readonly mergeBaseSha: string;
  readonly delta: DiagnosticDelta;
  /** What is said, in the order of path and line. */
  readonly groups: readonly FindingGroup[];
  readonly unplaced: readonly UnplacedDiagnostic[];
  /** Introduced, yet not said: companions without a comment to join, paths and rules that the configuration ignores. */
  readonly withheld: readonly Withheld[];
  /** Silenced in the source by a directive that the base does not have. */
  readonly suppressed: readonly SuppressedDiagnostic[];
  /** Questions in changed files that were not decided: out of budget, unsupported construct. */
  readonly unknowns: readonly Unknown[];
  /** Leaks in changed files of which nothing is said, each with the assumption that its path rests on. */
  readonly implausible: readonly Implausible[];
  /** Those of them that concern a function which the change touches: what the change does there is not known. */
  readonly undecided: readonly Unknown[];
  readonly crashes: readonly PackageCrash[];
  /** Files of the snapshot that were not analysed, from the edge and from the Go front end. */
  readonly omissions: readonly Omission[];
  /** Changed Go files that were analysed at head; their packages were read with them. */
  readonly filesAnalysed: readonly string[];
}
