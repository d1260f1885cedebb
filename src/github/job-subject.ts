/** What a job is about, in words of the log. */
import { type ReviewJob, repositoryOf } from './jobs.ts';

/** What a job is about, for the log. */
export function subjectOf(job: ReviewJob): object {
  return { ...whatIs(job), ...(job.delivery === undefined ? {} : { delivery: job.delivery }) };
}

function whatIs(job: ReviewJob): object {
  if (job.kind === 'sweep') return { installation: job.installationId };
  const { owner, name } = repositoryOf(job);
  const repository = `${owner}/${name}`;
  if (job.kind === 'locate') return { repository, head: job.headSha };
  if (job.kind === 'merge-group') return { repository, group: job.group.headSha };
  if (job.kind === 'command') return { repository, pull: job.command.pullNumber, comment: job.command.commentId };
  return { repository, pull: job.request.pullNumber, head: job.request.headSha };
}
