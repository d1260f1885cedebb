/** What people are told when something that they asked for failed for good: not to hear anything looks like a broken App. */
import { prose } from '../review/markdown.ts';
import type { GitHubClient } from './client.ts';
import { GitHubError } from './errors.ts';
import type { OwnLogin } from './identity.ts';
import type { ReviewJob } from './jobs.ts';
import { writeLimits } from './limits.ts';
import { talkAbout } from './talk.ts';

/** Answers whoever gave the command or pressed the button; other jobs end in check runs. Throws `GitHubError`. */
export async function excuse(client: GitHubClient, login: OwnLogin, job: ReviewJob, error: unknown): Promise<void> {
  if (job.kind === 'command') {
    const talk = talkAbout(client, job.command, await login(), true);
    await talk.react('confused');
    await talk.reply(`This could not be done: ${reasonOf(error)}`);
  }
  if (job.kind !== 'apply') return;
  const { repository, pullNumber } = job.request;
  await client.write('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    owner: repository.owner,
    repo: repository.name,
    issue_number: pullNumber,
    body: `Nothing was applied: ${reasonOf(error)}`.slice(0, writeLimits.commentBody),
  });
}

/** Only what GitHub said is quoted: other errors may hold anything, and the log has them. */
function reasonOf(error: unknown): string {
  if (!(error instanceof GitHubError)) return 'Goplumber hit an internal error. The log of the App says more.';
  const again = error.retryable ? ' Please try again later.' : '';
  return `${prose(error.message.slice(0, 300))}.${again}`;
}
