/** Changing what we said: new texts one by one, hiding and resolving in one request. */
import type { Amendment, ExistingComment } from '../review/conversation.ts';
import type { ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import { updateReview } from './reviews.ts';

/** Texts changed for one head, at most: GitHub allows 80 writes a minute, and the next head goes on. */
const maxEdits = 40;

/** Makes the changes. What GitHub refuses or loses is left for the next head; a rate limit is thrown. */
export async function amendAll(
  client: GitHubClient,
  request: ReviewRequest,
  amendments: readonly Amendment[],
): Promise<void> {
  const done: Amendment[] = [];
  for (const amendment of amendments.slice(0, maxEdits)) {
    if (await attempted(() => amendOne(client, request, amendment))) done.push(amendment);
  }
  const changes = done.flatMap(threadChanges);
  if (changes.length > 0) await attempted(() => client.query(mutation(changes), {}));
}

async function attempted(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code === 'rate-limited' || error.code === 'superseded') throw error;
    return false;
  }
}

async function amendOne(client: GitHubClient, request: ReviewRequest, amendment: Amendment): Promise<void> {
  if (amendment.kind === 'review') return updateReview(client, request, amendment.id, amendment.body);
  await editComment(client, request, amendment.comment, amendment.body);
}

/** Replaces the text of a review comment. */
export async function editComment(
  client: GitHubClient,
  { repository }: Pick<ReviewRequest, 'repository'>,
  { id }: Pick<ExistingComment, 'id'>,
  body: string,
): Promise<void> {
  await client.write('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
    owner: repository.owner,
    repo: repository.name,
    comment_id: id,
    body,
  });
}

/** Fields of a GraphQL mutation. Ids are GitHub's own, quoted as JSON all the same. */
function threadChanges(amendment: Amendment): readonly string[] {
  if (amendment.kind !== 'close' && amendment.kind !== 'reopen') return [];
  const { nodeId, thread, answered, hidden } = amendment.comment;
  const subject = nodeId === undefined ? undefined : JSON.stringify(nodeId);
  const threadId = thread?.canResolve === true ? JSON.stringify(thread.id) : undefined;
  if (amendment.kind === 'close') {
    return [
      ...(subject !== undefined && hidden !== true
        ? [`minimizeComment(input: {subjectId: ${subject}, classifier: RESOLVED}) { clientMutationId }`]
        : []),
      ...(threadId !== undefined && thread?.isResolved === false && answered !== true
        ? [`resolveReviewThread(input: {threadId: ${threadId}}) { clientMutationId }`]
        : []),
    ];
  }
  return [
    ...(subject !== undefined && hidden === true
      ? [`unminimizeComment(input: {subjectId: ${subject}}) { clientMutationId }`]
      : []),
    ...(thread?.isResolved === true
      ? [`unresolveReviewThread(input: {threadId: ${JSON.stringify(thread.id)}}) { clientMutationId }`]
      : []),
  ];
}

/** One request for all: each part may fail on its own. */
export function mutation(fields: readonly string[]): string {
  return `mutation { ${fields.map((text, at) => `m${at}: ${text}`).join(' ')} }`;
}
