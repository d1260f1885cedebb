/**
 * What a review needs from the world, and the typed values that flow through it. Adapters stand in `github/` and
 * `local/`; `reviewPullRequest` knows only these. Lines are 1-based.
 */
import type { ImportedPackage } from '../go/module.ts';
import type { GoVersion } from '../go/package.ts';
import type { Hunk } from '../text/hunk.ts';
import type { ConversationPort } from './conversation.ts';

export type {
  Amendment,
  Conversation,
  ConversationPort,
  ExistingComment,
  PostedReview,
  ReviewCommentDraft,
  ReviewDraft,
} from './conversation.ts';

export interface RepositoryRef {
  readonly owner: string;
  readonly name: string;
}

/** What is asked for: review this pull request at this head. */
export interface ReviewRequest {
  readonly repository: RepositoryRef;
  readonly pullNumber: number;
  readonly headSha: string;
  /** A person asked for it, so drafts and skipped pull requests are reviewed, too. */
  readonly asked?: boolean;
  /** GitHub said that it was closed: that is looked at before its files are. */
  readonly ended?: boolean;
}

export type { Hunk };

export interface ChangedFile {
  readonly path: string;
  /** Path at the base when it differs (rename). */
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly hunks: readonly Hunk[];
  /** The page shows no diff of the file, so it takes no comments: what is found there goes into the check. */
  readonly hidden?: boolean;
}

/** The Go files of one folder at one commit, with the version its nearest go.mod states. */
export interface PackageSources {
  readonly dir: string;
  readonly goVersion?: GoVersion;
  /** By what path others import it. */
  readonly importPath?: string;
  /** Folder of the module that it belongs to; see `ModuleSources`. */
  readonly module?: string;
  readonly files: readonly {
    readonly path: string;
    readonly text: string /** Git blob id, for reuse between base and head. */;
    readonly blob?: string;
  }[];
}

/** What the packages of one module under review can reach by imports, nearest first. */
export interface ModuleSources {
  /** Folder of the module. */
  readonly module: string;
  readonly packages: readonly ImportedPackage[];
}

/** Something that could not be looked at, and why; counted in the check run, never dropped silently. */
export interface Omission {
  readonly path: string;
  readonly reason: string;
  /**
   * Left out by design (generated, vendored, not Go): listed, but the review is whole without it. Absent or false: the
   * review is incomplete, and a check that would be `success` is `neutral`.
   */
  readonly expected?: boolean;
  /** A Go file of the change that was left out as a whole: whatever leaks in it is not said. */
  readonly changed?: boolean;
}

export interface PullRequestSnapshot {
  readonly repository: RepositoryRef;
  readonly pullNumber: number;
  readonly baseSha: string;
  /** The commit the diff is taken against (merge base of base and head). */
  readonly mergeBaseSha: string;
  readonly headSha: string;
  readonly draft: boolean;
  readonly fork: boolean;
  readonly changedFiles: readonly ChangedFile[];
  /** Packages that hold a changed Go file, at the merge base and at head. */
  readonly base: readonly PackageSources[];
  readonly head: readonly PackageSources[];
  /** What these packages import, as far as it is in sight. For the merge base only the packages that differ there. */
  readonly modules?: { readonly base: readonly ModuleSources[]; readonly head: readonly ModuleSources[] };
  readonly omissions: readonly Omission[];
}

export type CheckConclusion =
  | 'success'
  | 'neutral'
  | 'failure'
  | 'skipped'
  | 'cancelled'
  | 'timed_out'
  | 'action_required';

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

export interface CheckReport {
  readonly conclusion: CheckConclusion;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations: readonly CheckAnnotation[];
  /** Verified fixes that a button may apply to the head; absent or 0: there is no button. */
  readonly applicable?: number;
}

/** What a pull request is at this moment, whatever head was asked for. */
export interface PullRequestState {
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
  readonly open: boolean;
  readonly draft: boolean;
  readonly fork: boolean;
  /** Login of the author; those of Apps end in `[bot]`. */
  readonly author: string;
  readonly labels: readonly string[];
}

/** What there is to review, before any of it is read. */
export type Occasion =
  /** No Go file changed, and no configuration: nothing more needs to be known. */
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'change';
      readonly pull: PullRequestState;
      /** A Go file changed. */
      readonly go: boolean;
      /** The configuration file changed and is still there. */
      readonly configChanged: boolean;
    };

/** The pull request and its files, as the review reads them. */
export interface SnapshotPort {
  /** Looks at the list of changed files, and at the pull request when there is something to review. */
  occasion(request: ReviewRequest): Promise<Occasion>;
  /** The pull request as it is now: asked again before anything is posted. */
  state(request: ReviewRequest): Promise<PullRequestState>;
  /** The files of the change that `occasion` saw. */
  snapshot(request: ReviewRequest, pull: PullRequestState): Promise<PullRequestSnapshot>;
}

/** The text of a configuration and where it came from, e.g. `.github/goplumber.yml`. */
export interface StoredConfig {
  readonly text: string;
  readonly origin: string;
}

/** Text of the configuration, or the absence of one. Always from the base branch. */
export interface ConfigPort {
  /** `.github/goplumber.yml` of the repository, else the organisation's; undefined when there is none. */
  configText(repository: RepositoryRef, ref: string): Promise<StoredConfig | undefined>;
  /** The repository's own file at exactly this commit: the head's, which is only validated. */
  ownText(repository: RepositoryRef, ref: string): Promise<string | undefined>;
}

/**
 * The check run that gates the merge. While a review waits or is repeated its run stays in progress, so that nothing
 * passes that was not judged.
 */
export interface CheckPort {
  /** Begins the run, or goes on with one that an earlier attempt left open. */
  start(request: ReviewRequest): Promise<CheckHandle>;
  /** Says a verdict for which no work was begun. */
  report(request: ReviewRequest, report: CheckReport): Promise<void>;
  /** Concludes what an earlier attempt left open, and begins nothing. */
  close(request: ReviewRequest, report: CheckReport): Promise<void>;
}

export interface CheckHandle {
  /** An earlier attempt of this very work said its verdict: nothing is left to do. */
  readonly concluded: boolean;
  conclude(report: CheckReport): Promise<void>;
}

export interface ReviewPorts {
  readonly snapshots: SnapshotPort;
  readonly config: ConfigPort;
  readonly conversation: ConversationPort;
  readonly checks: CheckPort;
}
