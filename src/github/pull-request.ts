/** The head data of a pull request. */
import type { ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';

export interface PullRequest {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly baseRef: string;
  readonly draft: boolean;
  readonly fork: boolean;
  /** As GitHub counts them; the list of files may be shorter. */
  readonly changedFiles: number;
}

/**
 * Reads a pull request and makes sure that the requested head is still its head. Throws `superseded` when it is not,
 * `gone` when the pull request is not there.
 */
export async function readPullRequest(client: GitHubClient, request: ReviewRequest): Promise<PullRequest> {
  const pull = await readCurrentPullRequest(client, request);
  if (pull.headSha !== request.headSha) {
    const heads = `${pull.headSha.slice(0, 8)}, not ${request.headSha.slice(0, 8)}`;
    throw new GitHubError('superseded', `The head of pull request ${request.pullNumber} is now ${heads}.`);
  }
  return pull;
}

/** Reads a pull request whatever its head is. */
export async function readCurrentPullRequest(
  client: GitHubClient,
  { repository, pullNumber }: Pick<ReviewRequest, 'repository' | 'pullNumber'>,
): Promise<PullRequest> {
  const pull = await client.read('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    owner: repository.owner,
    repo: repository.name,
    pull_number: pullNumber,
  });
  return {
    number: pull.number,
    headSha: pull.head.sha,
    baseSha: pull.base.sha,
    baseRef: pull.base.ref,
    draft: pull.draft ?? false,
    // The head repository of a deleted fork is null.
    fork: pull.head.repo?.id !== pull.base.repo.id,
    changedFiles: pull.changed_files,
  };
}
