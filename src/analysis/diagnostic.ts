/**
 * What a rule says. Names are those of golang.org/x/tools/go/analysis: Diagnostic, SuggestedFix, TextEdit, related
 * information. Everything is plain immutable data, so that results can be compared, cached and serialised.
 */
import type { Range } from '../text/offset.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { Structure } from './fingerprint.ts';

export type Severity = 'error' | 'warning' | 'info';

export type RuleGroup = 'blocked' | 'lifecycle' | 'resource' | 'directive';

/** A range of one file of the analysed tree. Lines are 1-based and derived from the range. */
export interface Location {
  /** Slash-separated, relative to the repository root. */
  readonly path: string;
  readonly range: Range;
  readonly startLine: number;
  readonly endLine: number;
}

/** A place that helps to understand a diagnostic, with one sentence on its part in it. */
export interface RelatedInformation {
  readonly location: Location;
  readonly message: string;
}

/** One step on the way to the defect, in order. The last step of a `blocked` diagnostic is the blocked operation. */
export interface WitnessStep {
  readonly location: Location;
  /** Who acts, as a reader would call them: `Serve`, `goroutine on line 12`. */
  readonly process: string;
  /** What happens, as a clause: `sends on results and waits for a receiver`. */
  readonly text: string;
}

/** How the path of a witness begins, for who wants to walk it, such as a generated test. */
export interface Scenario {
  /** Declarations of the functions and methods that are called from outside, in the order of the path. */
  readonly calls: readonly Location[];
  /** Methods of one value that may be called in any order, also at the same time. */
  readonly anyOrder?: true;
  /** The calls meet by chance alone: each is made again and again, all at the same time. */
  readonly again?: true;
  /** The path begins in a function literal that the last of `calls` hands out or passes on. */
  readonly handedOut?: true;
  /** The goroutine is awake: it goes round a `select` forever by time alone. */
  readonly ticking?: true;
  /** The path ends in a panic in place of a blocked operation. */
  readonly panics?: true;
}

/** Edits of one file. A fix may touch several files. */
export interface FileEdits {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

/** A repair. Several fixes of one diagnostic are alternatives, best first. */
export interface SuggestedFix {
  /** Imperative clause: `Buffer the channel for the one value that is sent`. */
  readonly message: string;
  readonly files: readonly FileEdits[];
  /** Set by `verifyFix` only: the edits were applied, re-parsed and re-analysed, and the diagnostic is gone. */
  readonly verified: boolean;
}

/** Why a rule offers no fix here. */
export interface FixRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

export interface Diagnostic {
  /** Rule id, e.g. `unreceived-send`. */
  readonly rule: string;
  readonly group: RuleGroup;
  readonly severity: Severity;
  /** Where the leak is when the whole file is looked at. */
  readonly location: Location;
  /** One sentence: the operation and the missing partner. Plain text; identifiers in backquotes. */
  readonly message: string;
  /** What to do next, one imperative sentence. */
  readonly advice?: string;
  /**
   * Where a change can have caused it, best first: the `go`, the `make`, the blocked operation, the early `return`,
   * the select arm. A review comments on the first of `location` and `causes` that lies in a hunk.
   */
  readonly causes: readonly Location[];
  readonly related: readonly RelatedInformation[];
  readonly witness: readonly WitnessStep[];
  /** Given with the witnesses of the explorer. */
  readonly scenario?: Scenario;
  readonly fixes: readonly SuggestedFix[];
  /** Said when there is no fix: why not. */
  readonly fixRefusal?: string;
  /** Diagnostics with the same subject (usually a `go` statement) are merged into one comment. */
  readonly subject?: Location;
  /** Diagnostics of one rule with the same root cause (the loop that ended, the way out that was taken) share a comment. */
  readonly rootCause?: Location;
  /**
   * Structural identity: rule, enclosing function, normalised code of the defect, and an index among equals. Never
   * holds a line number, so it survives moves and reformatting.
   */
  readonly fingerprint: string;
  /** What is left of the identity when folder and function names change; the runner always gives it. */
  readonly structure?: Structure;
}

/** A diagnostic before the runner has added rule, group, severity and fingerprint. */
export interface Report {
  readonly location: Location;
  readonly message: string;
  readonly advice?: string;
  /** Overrides the rule's default severity, e.g. a leak that depends on an outsider is a warning. */
  readonly severity?: Severity;
  readonly causes?: readonly Location[];
  readonly related?: readonly RelatedInformation[];
  readonly witness?: readonly WitnessStep[];
  readonly scenario?: Scenario;
  readonly subject?: Location;
  readonly rootCause?: Location;
  /** Normalised code that identifies the defect within its function; default: text of `location`, white space folded. */
  readonly identity?: string;
}
