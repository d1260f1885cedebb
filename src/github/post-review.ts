/**
 * Posting a review once, whatever happens on the way.
 *
 * 1. A create that got no clear answer may have happened: the reviews are listed before it is sent a second time.
 * 2. A pending review of ours that was left behind blocks a new one: it is deleted, then we try once more.
 * 3. A review with one bad comment is refused as a whole, and the refusal names none. The bad ones are found by
 *    halving, with pending reviews that nobody sees and that are deleted at once; the good ones are posted together.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostedReview, ReviewCommentDraft, ReviewDraft, ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import type { OwnLogin } from './identity.ts';
import { createReview, deletePendingReview, listOwnReviews } from './reviews.ts';

export interface PostOptions {
  readonly client: GitHubClient;
  readonly request: ReviewRequest;
  readonly login: OwnLogin;
  /** Milliseconds before a create that got no clear answer is looked up. */
  readonly settleMs: number;
}

/** Pending reviews created in search of the refused comments, at most; the content limits allow 80 creates a minute. */
const maxProbes = 24;

/** Posts the review. Comments that GitHub refuses are named; throws a `GitHubError` when nothing was posted. */
export async function postOnce(options: PostOptions, draft: ReviewDraft): Promise<PostedReview> {
  try {
    await createOrFind(options, draft);
    return { posted: draft.comments.length, refused: [] };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (isAboutPendingReview(error)) {
      await deleteOwnPending(options);
      return retryAfterCleanUp(options, draft);
    }
    return postAccepted(options, draft, error);
  }
}

async function retryAfterCleanUp(options: PostOptions, draft: ReviewDraft): Promise<PostedReview> {
  try {
    await createOrFind(options, draft);
    return { posted: draft.comments.length, refused: [] };
  } catch (error) {
    if (!isRefusal(error) || isAboutPendingReview(error)) throw error;
    return postAccepted(options, draft, error);
  }
}

/** Model 1. */
async function createOrFind(options: PostOptions, draft: ReviewDraft): Promise<void> {
  const { client, request } = options;
  try {
    await createReview(client, request, draft, true);
  } catch (error) {
    if (!(error instanceof GitHubError) || !error.mayHaveHappened) throw error;
    await sleep(options.settleMs);
    if (await isPosted(options, draft)) return;
    await createReview(client, request, draft, true);
  }
}

async function isPosted({ client, request, login }: PostOptions, draft: ReviewDraft): Promise<boolean> {
  const { reviews } = await listOwnReviews(client, request, await login());
  return reviews.some((review) => !review.pending && review.commitSha === draft.commitSha);
}

async function deleteOwnPending({ client, request, login }: PostOptions): Promise<void> {
  const { reviews } = await listOwnReviews(client, request, await login());
  for (const review of reviews) {
    if (review.pending) await deletePendingReview(client, request, review.id);
  }
}

/** Model 3. With no comment left the body alone is posted, so that the review says what it found. */
async function postAccepted(options: PostOptions, draft: ReviewDraft, refusal: GitHubError): Promise<PostedReview> {
  if (draft.comments.length === 0) throw refusal;
  const search: Search = { options, draft, left: maxProbes, refused: new Map() };
  await findRefused(search, draft.comments, reasonOf(refusal));
  const accepted = draft.comments.filter((comment) => !search.refused.has(comment));
  await createOrFind(options, { ...draft, comments: accepted });
  return { posted: accepted.length, refused: [...search.refused].map(([comment, reason]) => ({ comment, reason })) };
}

interface Search {
  readonly options: PostOptions;
  readonly draft: ReviewDraft;
  left: number;
  readonly refused: Map<ReviewCommentDraft, string>;
}

/** Finds the refused ones among comments of which at least one is known to be refused. */
async function findRefused(search: Search, comments: readonly ReviewCommentDraft[], reason: string): Promise<void> {
  if (comments.length <= 1) {
    for (const comment of comments) search.refused.set(comment, reason);
    return;
  }
  const middle = Math.ceil(comments.length / 2);
  const left = comments.slice(0, middle);
  const right = comments.slice(middle);
  const leftRefusal = await probe(search, left);
  if (leftRefusal === undefined) return findRefused(search, right, reason);
  await findRefused(search, left, leftRefusal);
  const rightRefusal = await probe(search, right);
  if (rightRefusal !== undefined) await findRefused(search, right, rightRefusal);
}

/** The refusal of a pending review with these comments; undefined when GitHub accepts it. Out of probes = refused. */
async function probe(search: Search, comments: readonly ReviewCommentDraft[]): Promise<string | undefined> {
  const { client, request } = search.options;
  if (search.left-- <= 0) return 'GitHub refused the review, and it was not established which comment is to blame';
  try {
    const id = await createReview(client, request, { ...search.draft, comments }, false);
    await deletePendingReview(client, request, id);
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return reasonOf(error);
    // A probe that may have been created must not stay behind.
    await deleteOwnPending(search.options);
    throw error;
  }
}

function isRefusal(error: unknown): error is GitHubError {
  return error instanceof GitHubError && error.code === 'refused';
}

function isAboutPendingReview(error: GitHubError): boolean {
  return /one pending review/i.test([error.message, ...error.reasons].join(' '));
}

function reasonOf(error: GitHubError): string {
  return error.reasons.join('; ') || error.message;
}
