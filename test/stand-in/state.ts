/** What the stand-in remembers: repositories, pull requests, reviews, check runs. */
import type { GitRepository } from './git-repository.ts';

/** What GitHub does to the patch of a file: leaves it out, gives it only on small pages, or cuts it. */
export type PatchFault = 'missing' | 'missing-on-large-pages' | 'truncated';

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly git: GitRepository;
  readonly pulls: Pull[];
  readonly checkRuns: CheckRun[];
  /** What people may do here, as `GET /collaborators/{username}/permission` names it; others may read. */
  readonly protectedBranches: Set<string>;
  readonly people: Map<string, 'admin' | 'write' | 'read'>;
}

export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly baseRef: string;
  readonly headRef: string;
  head: string;
  draft: boolean;
  readonly fork: boolean;
  state: 'open' | 'closed';
  merged?: boolean;
  readonly reviews: Review[];
  readonly comments: Comment[];
  /** Comments of the conversation, on no line. */
  readonly talk: IssueComment[];
  readonly labels: string[];
  /** Only people with write access may write into the conversation. */
  locked: boolean;
  /** GitHub makes no diff of this change: the status of its refusal. */
  diffFault: 406 | 422 | undefined;
  readonly patchFaults: Map<string, PatchFault>;
}

export interface Review {
  readonly id: number;
  readonly author: string;
  body: string;
  readonly commit: string;
  state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED';
}

export interface Comment {
  readonly id: number;
  readonly review: Review;
  readonly author: string;
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  body: string;
  /** The comment that began the thread; undefined for that one. */
  readonly inReplyTo: number | undefined;
  /** Minimised on the page. */
  hidden: boolean;
  /** Who resolved the thread that this comment began. */
  resolvedBy: string | undefined;
  /** `login content`, each once. */
  readonly reactions: Set<string>;
  readonly originalLine: number;
  readonly originalStartLine: number | undefined;
  readonly originalCommit: string;
  /** Undefined once the line is gone: the comment is outdated. */
  line: number | undefined;
  startLine: number | undefined;
}

export interface IssueComment {
  readonly id: number;
  readonly author: string;
  body: string;
  readonly reactions: Set<string>;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly title?: string;
  readonly message: string;
}

export interface CheckRun {
  readonly id: number;
  /** Slug of the App that made it; default: ours. Nobody else may change it. */
  readonly app?: string;
  readonly suite: number;
  readonly name: string;
  readonly head: string;
  readonly externalId: string;
  status: string;
  conclusion: string | undefined;
  title: string;
  summary: string;
  text: string;
  readonly annotations: Annotation[];
  actions: readonly { readonly label: string; readonly description: string; readonly identifier: string }[];
}

/** Numbers for new things; one row for all, as GitHub's ids only have to differ. */
export class Ids {
  #last = 1_000;

  next(): number {
    return ++this.#last;
  }
}
