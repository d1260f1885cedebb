/** The calls on pull request reviews: list, create, delete a pending one. */
import { reviewText } from '../review/amend.ts';
import type { MarkedFinding } from '../review/marker.ts';
import type { ReviewCommentDraft, ReviewDraft, ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';

/** A review of ours, as far as it matters. */
export interface OwnReview {
  readonly id: number;
  readonly pending: boolean;
  readonly commitSha: string | undefined;
  readonly body: string;
}

/** Pages of 100 that are read of the reviews and of the comments of one pull request. */
export const maxConversationPages = 20;

/** All reviews of `login`, oldest first, of those that were read; `complete` when these were all there are. */
export async function listOwnReviews(
  client: GitHubClient,
  request: ReviewRequest,
  login: string,
): Promise<{ readonly reviews: readonly OwnReview[]; readonly complete: boolean }> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  const reviews = await client.pages(route, pullParameters(request), maxConversationPages);
  const own = reviews
    .filter((review) => review.user?.login === login)
    .map((review) => ({
      id: Number(review.id),
      pending: review.state === 'PENDING',
      commitSha: review.commit_id ?? undefined,
      body: review.body,
    }));
  return { reviews: own, complete: reviews.length < maxConversationPages * 100 };
}

/** Sends a review in one request; all or none of its comments are accepted. Without `publish` it stays pending. */
export async function createReview(
  client: GitHubClient,
  request: ReviewRequest,
  draft: ReviewDraft,
  publish: boolean,
): Promise<number> {
  const review = await client.write('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...pullParameters(request),
    commit_id: draft.commitSha,
    body: reviewText(draft.body, { head: draft.commitSha, findings: remembered(draft) }),
    ...(publish ? { event: 'COMMENT' as const } : {}),
    comments: draft.comments.map(commentParameters),
  });
  return Number(review.id);
}

/** What the review's own marker holds: what its comments say, should a person delete them, and what gets none. */
function remembered({ comments, listed }: ReviewDraft): readonly MarkedFinding[] {
  return [...comments.flatMap(({ findings }) => findings), ...listed];
}

/** Replaces the text of a submitted review. */
export async function updateReview(
  client: GitHubClient,
  request: ReviewRequest,
  reviewId: number,
  body: string,
): Promise<void> {
  await client.write('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}', {
    ...pullParameters(request),
    review_id: reviewId,
    body,
  });
}

/** Deletes a pending review; a submitted one cannot be deleted. */
export async function deletePendingReview(
  client: GitHubClient,
  request: ReviewRequest,
  reviewId: number,
): Promise<void> {
  await client.write('DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}', {
    ...pullParameters(request),
    review_id: reviewId,
  });
}

/** The path parameters of a pull request. */
export function pullParameters({ repository, pullNumber }: ReviewRequest): {
  owner: string;
  repo: string;
  pull_number: number;
} {
  return { owner: repository.owner, repo: repository.name, pull_number: pullNumber };
}

/** `start_line` is sent only when it is smaller: GitHub refuses a range of one line. */
function commentParameters(comment: ReviewCommentDraft) {
  const place = { path: comment.path, body: comment.body, line: comment.line, side: comment.side };
  if (comment.startLine === undefined || comment.startLine >= comment.line) return place;
  return { ...place, start_line: comment.startLine, start_side: comment.side };
}
