/**
 * One verdict for each commit. Branch protection looks at the newest run of a name at a commit, whichever pull request it
 * was made for; so where several pull requests have the same head, the newest run says the worst of their verdicts.
 */
import type { CheckConclusion, CheckReport, ReviewRequest } from '../review/ports.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import type { OwnRun } from './own-runs.ts';
import { readPullRequest } from './pull-request.ts';

/** From what passes to what blocks. Not to have looked is less than any verdict. */
const order: readonly CheckConclusion[] = [
  'skipped',
  'success',
  'neutral',
  'cancelled',
  'action_required',
  'timed_out',
  'failure',
];

const rank = (conclusion: CheckConclusion): number => order.indexOf(conclusion);

/** Whether no other pull request can make this verdict worse. */
export function isWorst(conclusion: CheckConclusion): boolean {
  return conclusion === 'failure';
}

/** The worst verdict of another open pull request with this head, when it is worse than `conclusion`. */
export async function worseSibling(
  client: GitHubClient,
  request: ReviewRequest,
  conclusion: CheckConclusion,
  runs: readonly OwnRun[],
): Promise<OwnRun | undefined> {
  const newest = new Map<number, OwnRun>();
  for (const run of runs) {
    const { pullNumber, headSha } = run.identity;
    if (pullNumber === request.pullNumber || headSha !== request.headSha || run.conclusion === undefined) continue;
    if (!newest.has(pullNumber)) newest.set(pullNumber, run);
  }
  const worse = [...newest.values()]
    .filter((run) => rank(run.conclusion ?? 'skipped') > rank(conclusion))
    .sort((a, b) => rank(b.conclusion ?? 'skipped') - rank(a.conclusion ?? 'skipped'));
  for (const run of worse) if (await stillCounts(client, request, run)) return run;
  return undefined;
}

/** A pull request that was closed, or moved on, has no say about this commit any more. */
async function stillCounts(client: GitHubClient, request: ReviewRequest, { identity }: OwnRun): Promise<boolean> {
  try {
    const pull = await readPullRequest(client, { repository: request.repository, pullNumber: identity.pullNumber });
    return pull.open && pull.headSha === request.headSha;
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'gone') return false;
    throw error;
  }
}

/** The report with the verdict of a sibling, which it names. */
export function underSibling(report: CheckReport, sibling: OwnRun): CheckReport {
  const { pullNumber } = sibling.identity;
  return {
    ...report,
    conclusion: sibling.conclusion ?? report.conclusion,
    title: `Pull request #${pullNumber} has the same head: ${sibling.title || 'see its review'}`,
    summary: `GitHub keeps one verdict for a commit. The worse one of pull request #${pullNumber} counts; this review says: ${report.title}.\n\n${report.summary}`,
  };
}
