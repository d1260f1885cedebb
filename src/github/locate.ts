/** What a re-run at a commit is about. */
import type { RepositoryRef } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { parseExternalId } from './external-id.ts';
import type { ReviewJob } from './jobs.ts';
import { checkName } from './own-runs.ts';

type LocateJob = Extract<ReviewJob, { readonly kind: 'locate' }>;

/**
 * Our own check runs of the suite name in their external ids the pull requests, forks included, or the commit of a merge
 * queue. Where there is none, the open pull requests are taken whose head is the commit.
 */
export async function locateJobs(client: GitHubClient, job: LocateJob): Promise<readonly ReviewJob[]> {
  const { installationId, repositoryId, repository, headSha } = job;
  const of = { installationId, ...(repositoryId === undefined ? {} : { repositoryId }) };
  const { numbers, group } = await ofSuite(client, job);
  if (group) return [{ kind: 'merge-group', ...of, group: { repository, headSha, ...group } }];
  const found = numbers.size > 0 ? numbers : await ofCommit(client, repository, headSha);
  return [...found].map((pullNumber) => {
    const request = { repository, pullNumber, headSha };
    return { kind: 'review', ...of, request, again: true };
  });
}

async function ofSuite(client: GitHubClient, { repository, headSha, suiteId }: LocateJob) {
  const numbers = new Set<number>();
  if (suiteId <= 0) return { numbers, group: undefined };
  const { check_runs: runs } = await client.read('GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs', {
    owner: repository.owner,
    repo: repository.name,
    check_suite_id: suiteId,
    check_name: checkName,
    per_page: 100,
  });
  const identities = runs
    .flatMap((run) => parseExternalId(run.external_id) ?? [])
    .filter((identity) => identity.headSha === headSha);
  for (const { pullNumber } of identities) if (pullNumber > 0) numbers.add(pullNumber);
  return { numbers, group: identities.find((identity) => identity.group)?.group };
}

async function ofCommit(
  client: GitHubClient,
  { owner, name }: RepositoryRef,
  headSha: string,
): Promise<ReadonlySet<number>> {
  const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls';
  const pulls = await client.read(route, { owner, repo: name, commit_sha: headSha, per_page: 100 });
  return new Set(
    pulls.filter(({ state, head }) => state === 'open' && head.sha === headSha).map((pull) => pull.number),
  );
}
