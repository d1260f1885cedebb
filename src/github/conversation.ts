/** What we said on a pull request before, and saying something new. */
import type {
  ChangedFile,
  Conversation,
  ConversationPort,
  ExistingComment,
  PostedReview,
  ReviewDraft,
  ReviewRequest,
} from '../review/ports.ts';
import { amendAll } from './amend.ts';
import { refusalOf } from './anchor-proof.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import type { OwnLogin } from './identity.ts';
import { withRights } from './people.ts';
import { postOnce } from './post-review.ts';
import { listOwnReviews, maxConversationPages, pullParameters } from './reviews.ts';
import { noThreads, readThreads } from './threads.ts';

export interface ConversationOptions {
  readonly client: GitHubClient;
  readonly login: OwnLogin;
  /** The changed files of the snapshot under review, against which every comment is proved; undefined before it is read. */
  readonly changedFiles: () => readonly ChangedFile[] | undefined;
  /** Whether the installation may comment; without that every comment is refused here. Default: try. */
  readonly mayComment?: boolean;
  /** Milliseconds before a create without a clear answer is looked up; default 1,000. */
  readonly settleMs?: number;
}

/** The conversation of pull requests through `client`. Throws `GitHubError`. */
export function gitHubConversation(options: ConversationOptions): ConversationPort {
  const { client } = options;
  return {
    read: (request) => readConversation(options, request),
    postReview: (request, draft) => post(options, request, draft),
    amend: (request, amendments) => amendAll(client, request, amendments),
  };
}

async function readConversation({ client, login }: ConversationOptions, request: ReviewRequest): Promise<Conversation> {
  const own = await login();
  const { reviews, complete } = await listOwnReviews(client, request, own);
  // Every comment belongs to a review of its author.
  if (reviews.length === 0 && complete) return { comments: [], reviews: [], complete };
  const comments = await client.pages(
    'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
    pullParameters(request),
    maxConversationPages,
  );
  const roots = comments.filter(({ user, in_reply_to_id: to }) => user?.login === own && typeof to !== 'number');
  const answered = new Set(comments.flatMap(({ user, in_reply_to_id: to }) => (user?.login === own ? [] : [to])));
  const threads = roots.length === 0 ? noThreads : await readThreads(client, request, own);
  const ours = roots.map((comment): ExistingComment => {
    const id = Number(comment.id);
    return {
      id,
      nodeId: comment.node_id,
      ...(typeof comment.pull_request_review_id === 'number' && { reviewId: comment.pull_request_review_id }),
      body: comment.body,
      path: comment.path,
      // `line` is null once the comment is outdated.
      ...(typeof comment.line === 'number' ? { line: comment.line } : {}),
      side: comment.side === 'LEFT' ? 'LEFT' : 'RIGHT',
      answered: answered.has(id),
      ...(comment.reactions && { reactions: opinions(comment.reactions) }),
      ...threads.get(id),
    };
  });
  return {
    comments: await withRights(client, request.repository, ours),
    reviews: reviews.flatMap(({ pending, id, commitSha, body }) =>
      pending ? [] : [{ id, body, ...(commitSha !== undefined && { commitSha }) }],
    ),
    complete: comments.length < maxConversationPages * 100,
  };
}

/** GitHub's eight reactions; `laugh` and `eyes` say neither. */
function opinions(of: Readonly<Record<string, unknown>>): { readonly up: number; readonly down: number } {
  const sum = (names: readonly string[]): number => names.reduce((all, name) => all + (Number(of[name]) || 0), 0);
  return { up: sum(['+1', 'heart', 'hooray', 'rocket']), down: sum(['-1', 'confused']) };
}

async function post(options: ConversationOptions, request: ReviewRequest, draft: ReviewDraft): Promise<PostedReview> {
  const unpermitted = refuseAll(
    draft,
    "grant `pull_requests: write` in the App's settings to have findings as comments",
  );
  if (options.mayComment === false) return unpermitted;
  try {
    return await postProved(options, request, draft);
  } catch (error) {
    // What may not be said beside the code still stands in the check.
    if (error instanceof GitHubError && (error.code === 'forbidden' || error.code === 'refused'))
      return refuseAll(draft, error.message);
    throw error;
  }
}

function refuseAll({ comments }: ReviewDraft, reason: string): PostedReview {
  return { posted: 0, refused: comments.map((comment) => ({ comment, reason })) };
}

async function postProved(
  options: ConversationOptions,
  request: ReviewRequest,
  draft: ReviewDraft,
): Promise<PostedReview> {
  const changed = options.changedFiles();
  const judged = draft.comments.map((comment) => ({ comment, reason: changed && refusalOf(comment, changed) }));
  const proved = judged.filter((entry) => entry.reason === undefined).map((entry) => entry.comment);
  const unproved = judged.flatMap(({ comment, reason }) => (reason === undefined ? [] : [{ comment, reason }]));
  // A review without comments would announce what nobody finds.
  if (proved.length === 0) return { posted: 0, refused: unproved };
  const settleMs = options.settleMs ?? 1_000;
  const posted = await postOnce(
    { client: options.client, request, login: options.login, settleMs },
    { ...draft, comments: proved },
  );
  return { posted: posted.posted, refused: [...unproved, ...posted.refused] };
}
