/** What we said on a pull request before, and saying something new. */
import type {
  ChangedFile,
  ConversationPort,
  ExistingComment,
  PostedReview,
  ReviewDraft,
  ReviewRequest,
} from '../review/ports.ts';
import { refusalOf } from './anchor-proof.ts';
import type { GitHubClient } from './client.ts';
import type { OwnLogin } from './identity.ts';
import { postOnce } from './post-review.ts';
import { listOwnReviews, maxConversationPages, pullParameters } from './reviews.ts';

export interface ConversationOptions {
  readonly client: GitHubClient;
  readonly login: OwnLogin;
  /** The changed files of the snapshot under review, against which every comment is proved; undefined before it is read. */
  readonly changedFiles: () => readonly ChangedFile[] | undefined;
  /** Asked right before posting; throws when the review is out of date. */
  readonly assertCurrent?: () => void;
  /** Milliseconds before a create without a clear answer is looked up; default 1,000. */
  readonly settleMs?: number;
}

/** The conversation of pull requests through `client`. Throws `GitHubError`. */
export function gitHubConversation(options: ConversationOptions): ConversationPort {
  const { client, login } = options;
  return {
    ownComments: (request) => readOwnComments(client, request, login),
    async hasReviewFor(request) {
      const reviews = await listOwnReviews(client, request, await login());
      return reviews.some((review) => !review.pending && review.commitSha === request.headSha);
    },
    postReview: (request, draft) => post(options, request, draft),
  };
}

async function readOwnComments(
  client: GitHubClient,
  request: ReviewRequest,
  login: OwnLogin,
): Promise<readonly ExistingComment[]> {
  const [own, comments] = await Promise.all([
    login(),
    client.pages(
      'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
      pullParameters(request),
      maxConversationPages,
    ),
  ]);
  return comments
    .filter((comment) => comment.user?.login === own)
    .map((comment) => ({
      id: Number(comment.id),
      body: comment.body,
      path: comment.path,
      // `line` is null once the comment is outdated.
      ...(typeof comment.line === 'number' ? { line: comment.line } : {}),
      side: comment.side === 'LEFT' ? 'LEFT' : 'RIGHT',
    }));
}

async function post(options: ConversationOptions, request: ReviewRequest, draft: ReviewDraft): Promise<PostedReview> {
  const changed = options.changedFiles();
  const judged = draft.comments.map((comment) => ({ comment, reason: changed && refusalOf(comment, changed) }));
  const proved = judged.filter((entry) => entry.reason === undefined).map((entry) => entry.comment);
  const unproved = judged.flatMap(({ comment, reason }) => (reason === undefined ? [] : [{ comment, reason }]));
  options.assertCurrent?.();
  const settleMs = options.settleMs ?? 1_000;
  const posted = await postOnce(
    { client: options.client, request, login: options.login, settleMs },
    { ...draft, comments: proved },
  );
  return { posted: posted.posted, refused: [...unproved, ...posted.refused] };
}
