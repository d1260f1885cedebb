/** Reviews and review comments: all of a review or none of it. */
import { ApiError, type Call, notFound, paged, type Reply, type Route } from './http.ts';
import { commentFaults, type SentComment } from './review-checks.ts';
import type { Comment, Pull, Repository, Review } from './state.ts';
import type { World } from './world.ts';

export function reviewRoutes(world: World): readonly Route[] {
  const collection = '/repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  return [
    {
      route: `GET ${collection}`,
      needs: 'pull_requests: read',
      handle(call) {
        const { pull } = world.pull(call);
        // A pending review is shown to its author only.
        const visible = pull.reviews.filter((review) => review.state !== 'PENDING' || review.author === loginOf(call));
        return { status: 200, body: paged(visible, call.query).map(reviewBody) };
      },
    },
    { route: `POST ${collection}`, needs: 'pull_requests: write', handle: (call) => createReview(world, call) },
    {
      route: `DELETE ${collection}/{review_id}`,
      needs: 'pull_requests: write',
      handle(call) {
        const { pull } = world.pull(call);
        const review = pull.reviews.find((candidate) => String(candidate.id) === call.path['review_id']);
        if (!review) throw notFound();
        if (review.state !== 'PENDING') throw new ApiError(422, 'Can not delete a non-pending pull request review');
        remove(pull, review);
        return { status: 200, body: reviewBody(review) };
      },
    },
    {
      route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
      needs: 'pull_requests: read',
      handle(call) {
        const { pull } = world.pull(call);
        const published = pull.comments.filter((comment) => comment.review.state !== 'PENDING');
        return { status: 200, body: paged(published, call.query).map((comment) => commentBody(pull, comment)) };
      },
    },
  ];
}

function createReview(world: World, call: Call): Reply {
  const { repository, pull } = world.pull(call);
  assertOpenTo(call, pull);
  const author = loginOf(call);
  const {
    event,
    body = '',
    commit_id: commit = pull.head,
    comments = [],
  } = call.body as {
    event?: string;
    body?: string;
    commit_id?: string;
    comments?: SentComment[];
  };
  if (pull.reviews.some((review) => review.author === author && review.state === 'PENDING')) {
    throw refused(['User can only have one pending review per pull request']);
  }
  if (event === 'COMMENT' && body.trim() === '' && comments.length === 0) throw refused(["Body can't be blank"]);
  if (body.length > 65_536) throw refused(['Body is too long (maximum is 65536 characters)']);
  if (!isCommitOf(repository, pull, commit)) throw refused(['The commit is not part of the pull request']);
  const faults = commentFaults(repository, pull, comments);
  if (faults.length > 0) throw refused(faults);
  const review: Review = {
    id: world.ids.next(),
    author,
    body,
    commit,
    state: event === 'COMMENT' ? 'COMMENTED' : 'PENDING',
  };
  pull.reviews.push(review);
  for (const comment of comments) pull.comments.push(newComment(world, review, comment));
  return { status: 200, body: reviewBody(review) };
}

export function newComment(world: World, review: Review, sent: SentComment): Comment {
  const line = sent.line ?? 0;
  return {
    id: world.ids.next(),
    review,
    inReplyTo: undefined,
    hidden: false,
    resolvedBy: undefined,
    reactions: new Set(),
    author: review.author,
    path: sent.path,
    side: sent.side ?? 'RIGHT',
    body: sent.body,
    originalLine: line,
    originalStartLine: sent.start_line,
    originalCommit: review.commit,
    line,
    startLine: sent.start_line,
  };
}

function isCommitOf(repository: Repository, pull: Pull, commit: string): boolean {
  if (commit === pull.head) return true;
  try {
    repository.git.git(['merge-base', '--is-ancestor', commit, pull.head]);
    return true;
  } catch {
    return false;
  }
}

function remove(pull: Pull, review: Review): void {
  pull.reviews.splice(pull.reviews.indexOf(review), 1);
  for (const comment of pull.comments.filter((candidate) => candidate.review === review)) {
    pull.comments.splice(pull.comments.indexOf(comment), 1);
  }
}

/** The review endpoint answers plain strings, unlike the others. */
export function refused(errors: readonly string[]): ApiError {
  return new ApiError(422, 'Unprocessable Entity', errors);
}

/** Where a conversation is locked, an App may add nothing to it. */
export function assertOpenTo(call: Call, pull: Pull): void {
  if (pull.locked && call.actor.kind === 'installation')
    throw new ApiError(403, 'Unable to create comment because issue is locked.');
}

export function loginOf(call: Call): string {
  return call.actor.kind === 'app' ? '' : call.actor.login;
}

export function reviewBody(review: Review): object {
  return {
    id: review.id,
    user: { login: review.author },
    body: review.body,
    state: review.state,
    commit_id: review.commit,
  };
}

/** How often each reaction was given. */
function rollup(reactions: ReadonlySet<string>): object {
  const names = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];
  const all = [...reactions].map((one) => one.split(' ')[1]);
  const counts = names.map((name) => [name, all.filter((one) => one === name).length] as const);
  return { total_count: all.length, ...Object.fromEntries(counts) };
}

/** The part of a review comment's representation that matters here. */
export function commentBody(pull: Pull, comment: Comment): object {
  return {
    id: comment.id,
    node_id: `PRRC_${comment.id}`,
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    pull_request_review_id: comment.review.id,
    user: { login: comment.author },
    path: comment.path,
    body: comment.body,
    side: comment.side,
    line: comment.line ?? null,
    start_line: comment.startLine ?? null,
    original_line: comment.originalLine,
    original_start_line: comment.originalStartLine ?? null,
    original_commit_id: comment.originalCommit,
    commit_id: pull.head,
    subject_type: 'line',
    reactions: rollup(comment.reactions),
  };
}
