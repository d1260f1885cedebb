/** Which pull requests a re-run at a commit is about. */
import type { ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { parseExternalId } from './external-id.ts';
import type { ReviewJob } from './jobs.ts';
import { checkName } from './own-runs.ts';

/**
 * Our own check runs of the suite name their pull requests in their external ids, forks included. Where there is none,
 * the open pull requests are taken whose head is the commit.
 */
export async function locatePullRequests(
  client: GitHubClient,
  job: Extract<ReviewJob, { readonly kind: 'locate' }>,
): Promise<readonly ReviewRequest[]> {
  const { repository, headSha, suiteId } = job;
  const parameters = { owner: repository.owner, repo: repository.name };
  const numbers = new Set<number>();
  if (suiteId > 0) {
    const route = 'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs';
    const runs = await client.read(route, {
      ...parameters,
      check_suite_id: suiteId,
      check_name: checkName,
      per_page: 100,
    });
    for (const run of runs.check_runs) {
      const identity = parseExternalId(run.external_id);
      if (identity && identity.pullNumber > 0 && identity.headSha === headSha) numbers.add(identity.pullNumber);
    }
  }
  if (numbers.size === 0) {
    const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls';
    const pulls = await client.read(route, { ...parameters, commit_sha: headSha, per_page: 100 });
    for (const pull of pulls) if (pull.state === 'open' && pull.head.sha === headSha) numbers.add(pull.number);
  }
  return [...numbers].map((pullNumber) => ({ repository, pullNumber, headSha }));
}
