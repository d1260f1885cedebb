/** The head data of a pull request. */
import type { PullRequestState, ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';

export interface PullRequest extends PullRequestState {
  readonly number: number;
  /** The branch of the head, in the head's repository. */
  readonly headRef: string;
  readonly merged: boolean;
  /** As GitHub counts them; the list of files may be shorter. */
  readonly changedFiles: number;
}

/** Reads a pull request as it is now, whatever head was asked for. Throws `gone` when it is not there. */
export async function readPullRequest(
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
    headRef: pull.head.ref,
    headSha: pull.head.sha,
    baseSha: pull.base.sha,
    baseRef: pull.base.ref,
    open: pull.state !== 'closed',
    merged: pull.merged === true,
    draft: pull.draft ?? false,
    author: pull.user?.login ?? '',
    labels: (pull.labels ?? []).flatMap(({ name }) => (typeof name === 'string' ? [name] : [])),
    // The head repository of a deleted fork is null.
    fork: pull.head.repo?.id !== pull.base.repo.id,
    changedFiles: pull.changed_files,
  };
}
