/** One span for each job, as traces show it. */
import type { JobAttempt } from '../queue/job.ts';
import { GitHubError } from './errors.ts';
import { subjectOf } from './job-subject.ts';
import type { ReviewJob } from './jobs.ts';
import type { Tracing } from './tracing.ts';
import type { Done } from './work.ts';

/** A span for the work, with those of its phases. What it failed with is named, and not quoted. */
export async function traced(
  tracing: Tracing,
  job: ReviewJob,
  { attempt }: JobAttempt,
  work: () => Promise<Done>,
): Promise<Done> {
  const begun = Date.now();
  const tell = (outcome: string, seconds: Done['seconds'] = {}, error?: string): void => {
    const about = Object.entries(subjectOf(job)).map(([name, value]) => [
      `goplumber.${name}`,
      value as string | number,
    ]);
    const attributes = { ...Object.fromEntries(about), 'goplumber.attempt': attempt, 'goplumber.outcome': outcome };
    const ended = Math.max(Date.now(), begun);
    tracing.job({ name: job.kind, begun, ended, attributes, seconds, ...(error === undefined ? {} : { error }) });
  };
  try {
    const done = await work();
    tell(done.outcome, done.seconds);
    return done;
  } catch (error) {
    tell('failed', {}, error instanceof GitHubError ? error.code : error instanceof Error ? error.name : 'unknown');
    throw error;
  }
}
