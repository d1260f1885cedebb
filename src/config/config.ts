/** The configuration as the program uses it: complete, validated, immutable. `parseConfig` makes it from a text. */
import type { Severity } from '../analysis/diagnostic.ts';
import type { TeamResource } from '../analysis/team-resource.ts';
import type { GoVersion } from '../go/package.ts';

export type FailOn = Severity | 'never';
export type RuleSetting = Severity | 'off';

/** What a check says of something that was not judged. */
export type Unjudged = 'fail' | 'neutral' | 'pass';

/** As the go command takes it; absent = linux, amd64, no tags. */
export interface BuildContext {
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: readonly string[];
}

export interface Config {
  /** Findings of this severity or higher make the check fail. */
  readonly failOn: FailOn;
  /** Only what was set; a rule that is absent keeps its own severity. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** Patterns as in .gitignore: findings in matching files are not said; the files are still read as context. */
  readonly ignore: readonly string[];
  /** Whether findings in `_test.go` files are said. */
  readonly tests: boolean;
  /** What the check says when a review ended early: out of time, given up, without a permission. */
  readonly unfinished: 'fail' | 'neutral';
  /** What the check says of changed functions and files that were not decided, not analysed or silenced by the change. */
  readonly undecided: Unjudged;
  /** Pull requests that are not reviewed. */
  readonly skip: {
    /** Any of these labels. */
    readonly labels: readonly string[];
    /** Logins of authors; `*` stands for any text, so `*[bot]` for every App. */
    readonly authors: readonly string[];
  };
  /** Comments of ours that are open in a pull request, 0 to 30; what is beyond goes into the check run, and stays there. */
  readonly maxComments: number;
  /** Whether draft pull requests are reviewed. */
  readonly drafts: boolean;
  /** Whether verified fixes are offered as one-click suggestions; off offers them as folded diffs. */
  readonly suggestions: boolean;
  /** Overrides the version that go.mod states. */
  readonly goVersion?: GoVersion;
  /** What build constraints are judged by; only the command line sets it. */
  readonly build?: BuildContext;
  /** Resources of the team's own libraries, beside those that the rules know. */
  readonly resources: readonly TeamResource[];
  readonly budgets: {
    /** States that the explorer may visit in one search; absent = its own default. */
    readonly states?: number;
  };
}

/** Comments that one review may hold: beyond about 30, GitHub has answered with timeouts and "submitted too quickly". */
export const maxCommentsLimit = 30;

export const defaultConfig: Config = {
  failOn: 'error',
  rules: new Map(),
  ignore: [],
  tests: true,
  unfinished: 'fail',
  undecided: 'neutral',
  skip: { labels: [], authors: [] },
  maxComments: 10,
  drafts: false,
  suggestions: true,
  resources: [],
  budgets: {},
};
