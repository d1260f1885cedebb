/** What was said on a pull request, and how it is said, changed and closed. The port stands here with its values. */
import type { MarkedFinding } from './marker.ts';
import type { ReviewRequest } from './ports.ts';

/** The thread that a comment of ours began. */
export interface ThreadState {
  readonly id: string;
  readonly isResolved: boolean;
  /** Who resolved it; absent when we did, or when GitHub does not say. */
  readonly resolvedBy?: string;
  readonly canResolve: boolean;
  /** Whether who resolved it may dismiss findings: has write access. Absent = not asked. */
  readonly byWriter?: boolean;
}

/** A review comment of ours that begins a thread. */
export interface ExistingComment {
  readonly id: number;
  /** For GraphQL. */
  readonly nodeId?: string;
  /** The review it came with. */
  readonly reviewId?: number;
  readonly body: string;
  readonly path: string;
  /** Absent once the comment is outdated: the page shows it no longer beside the code. */
  readonly line?: number;
  readonly side: 'LEFT' | 'RIGHT';
  /** Whether somebody else wrote into its thread. */
  readonly answered?: boolean;
  /** Reactions on it: how many approve, how many disapprove. Absent = not told. */
  readonly reactions?: { readonly up: number; readonly down: number };
  /** Hidden on the page (minimised). */
  readonly hidden?: boolean;
  readonly thread?: ThreadState;
}

/** A submitted review of ours. */
export interface ExistingReview {
  readonly id: number;
  readonly commitSha?: string;
  readonly body: string;
}

export interface Conversation {
  readonly comments: readonly ExistingComment[];
  readonly reviews: readonly ExistingReview[];
  /** Whether all comments were read; what is missing is otherwise not taken for deleted. */
  readonly complete: boolean;
}

export interface ReviewCommentDraft {
  readonly path: string;
  readonly side: 'LEFT' | 'RIGHT';
  readonly line: number;
  /** Only when smaller than `line`, and in the same hunk. */
  readonly startLine?: number;
  readonly body: string;
  /** What the comment says, as its marker has it; the review's own marker repeats it. */
  readonly findings: readonly MarkedFinding[];
}

export interface ReviewDraft {
  readonly commitSha: string;
  /** Visible text, without the marker: see `reviewText`. */
  readonly body: string;
  readonly comments: readonly ReviewCommentDraft[];
  /** Findings that get no comment, now and later. */
  readonly listed: readonly MarkedFinding[];
}

/** A change to something that we said. Comments that are closed are minimised, their threads resolved where allowed. */
export type Amendment =
  | { readonly kind: 'edit' | 'close' | 'reopen'; readonly comment: ExistingComment; readonly body: string }
  | { readonly kind: 'review'; readonly id: number; readonly body: string };

/** What became of a posted review: comments that GitHub refused are named with the reason. */
export interface PostedReview {
  readonly posted: number;
  readonly refused: readonly { readonly comment: ReviewCommentDraft; readonly reason: string }[];
}

/** What was said before, and saying something. Creates are never retried blindly. */
export interface ConversationPort {
  read(request: ReviewRequest): Promise<Conversation>;
  postReview(request: ReviewRequest, draft: ReviewDraft): Promise<PostedReview>;
  /** Best effort: what GitHub refuses is left as it is, and tried again with the next head. */
  amend(request: ReviewRequest, amendments: readonly Amendment[]): Promise<void>;
}
