/** What people may do in a repository, asked of GitHub. */
import type { ExistingComment } from '../review/conversation.ts';
import { readMarker } from '../review/marker.ts';
import type { RepositoryRef } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';

/** The association in a webhook says `COLLABORATOR` of readers, too; only this question is answered with a right. */
export async function mayWrite(client: GitHubClient, { owner, name }: RepositoryRef, login: string): Promise<boolean> {
  try {
    const parameters = { owner, repo: name, username: login };
    const answer = await client.read('GET /repos/{owner}/{repo}/collaborators/{username}/permission', parameters);
    return answer.permission === 'admin' || answer.permission === 'write';
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'gone') return false;
    throw error;
  }
}

/** People who are asked about for one review; a thread that one beyond these resolved counts as open. */
const maxAsked = 10;

/** Adds to each thread that decides something whether who resolved it has write access. */
export async function withRights(
  client: GitHubClient,
  repository: RepositoryRef,
  comments: readonly ExistingComment[],
): Promise<readonly ExistingComment[]> {
  const logins = [...new Set(comments.flatMap((comment) => (decides(comment) ? [comment.thread?.resolvedBy] : [])))];
  const writers = new Set<string>();
  for (const login of logins.slice(0, maxAsked)) {
    if (login !== undefined && (await mayWrite(client, repository, login))) writers.add(login);
  }
  return comments.map((comment): ExistingComment => {
    const { thread } = comment;
    if (!decides(comment) || thread?.resolvedBy === undefined) return comment;
    return { ...comment, thread: { ...thread, byWriter: writers.has(thread.resolvedBy) } };
  });
}

/** Of what is fixed, ignored or reopened the marker speaks, whoever resolved the thread. */
function decides({ body, thread }: ExistingComment): boolean {
  if (thread?.isResolved !== true || thread.resolvedBy === undefined) return false;
  return readMarker(body)?.findings.some(({ state }) => state === undefined) ?? true;
}
