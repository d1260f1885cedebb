/**
 * What the App does for each job: work on a pull request is handed to a `WorkPlace`, and what surrounds it when heads move
 * and reviews fail is seen to here. Nothing that a pull request holds is parsed here.
 */
import type { JobContext, JobQueue } from '../queue/job.ts';
import { shortReport } from '../review/check-report.ts';
import { decodeFeedback } from '../review/feedback.ts';
import { overtaken } from '../review/occasion.ts';
import type { CheckReport, ReviewRequest } from '../review/ports.ts';
import { unfinishedReport } from '../review/unfinished.ts';
import { concludeGivenUp, concludeOpenChecks } from './check-run.ts';
import { GitHubError } from './errors.ts';
import { excuse } from './excuse.ts';
import type { FeedbackLog } from './feedback-log.ts';
import { subjectOf } from './job-subject.ts';
import { isServed, keyOf, type ReviewJob } from './jobs.ts';
import { locateJobs } from './locate.ts';
import type { Log } from './log.ts';
import { groupRequest } from './merge-group.ts';
import type { Metrics } from './metrics.ts';
import type { HeadMemory } from './own-runs.ts';
import type { GitHubApp, Installation } from './probot-app.ts';
import { readPullRequest } from './pull-request.ts';
import { sweepInstallation } from './sweep.ts';
import { traced } from './traced-job.ts';
import type { Tracing } from './tracing.ts';
import { isWrite, type Transport } from './transport.ts';
import type { Done, PullRequestJob, Task, WorkHost, WorkPlace } from './work.ts';

export interface WorkOptions {
  /** Where work on pull requests is done. */
  readonly place: WorkPlace;
  readonly log: Log;
  readonly github: GitHubApp;
  readonly queue: JobQueue<ReviewJob>;
  readonly heads: HeadMemory;
  readonly metrics: Metrics;
  readonly feedback: FeedbackLog;
  readonly tracing: Tracing;
  /** Owners whose repositories are served; undefined: all. */
  readonly allowedOwners?: ReadonlySet<string> | undefined;
  /** See `ConversationOptions`. */
  readonly settleMs?: number;
}

/** The job is no longer this process's. */
class JobTakenOver extends Error {
  readonly retryable = true;

  constructor() {
    super('the job was taken over by another process, or this one is ending');
    this.name = 'JobTakenOver';
  }
}

type JobOf<K extends ReviewJob['kind']> = Extract<ReviewJob, { readonly kind: K }>;

/** Does a job. Throws what the queue decides upon. */
export async function workOn(options: WorkOptions, job: ReviewJob, context: JobContext): Promise<void> {
  // A stored job may be older than the list.
  if (!isServed(job, options.allowedOwners)) return;
  switch (job.kind) {
    case 'locate':
      return locateJob(options, job, context);
    case 'sweep':
      return enqueueUnknown(options, await sweepInstallation(options.github, job.installationId));
    default:
      return pullRequestJob(options, job, context);
  }
}

async function pullRequestJob(options: WorkOptions, job: PullRequestJob, context: JobContext): Promise<void> {
  const { heads, log, settleMs } = options;
  if (job.kind === 'review' && job.again !== true && (await heads.judged(job.request))) {
    log.info(subjectOf(job), 'this head was judged already');
    return;
  }
  const installation = options.github.installation(job);
  const { id, attempt, resumed } = context;
  const task: Task = {
    kind: 'job',
    job,
    context: { id, attempt, resumed },
    permissions: await installation.permissions(),
    known: job.kind === 'review' && (await heads.known(job.request)),
    ...(settleMs === undefined ? {} : { settleMs }),
  };
  const done = await traced(options.tracing, job, context, () =>
    options.place(task, hostOf(options, job, installation, context)),
  );
  log.info({ ...subjectOf(job), attempt, outcome: done.outcome }, 'review done');
  options.metrics.job(job.kind, done.outcome, done.seconds ?? {});
  if (done.tally) options.metrics.tally(done.tally);
  if (job.kind === 'feedback') await recordFeedback(options, done);
  if (job.kind === 'review') await followUp(options, job, done, id);
  for (const [at, next] of (done.next ?? []).entries())
    await options.queue.enqueue(keyOf(next), next, { once: `${id}/${at}`, follows: true });
}

function hostOf(
  { github, heads, log }: WorkOptions,
  job: ReviewJob,
  { transport }: Installation,
  context?: JobContext,
): WorkHost {
  return {
    transport: context ? whileHeld(transport, context) : transport,
    login: github.login,
    learn: github.learn,
    heads,
    warn: (error, message) => log.warn({ ...subjectOf(job), err: error }, message),
    at: () => {},
  };
}

/** Nothing is written for a job that another process has taken over: that one writes it. */
function whileHeld(transport: Transport, context: JobContext): Transport {
  return async (call) => {
    if (isWrite(call) && !(await context.holds())) throw new JobTakenOver();
    return transport(call);
  };
}

/**
 * The pull request may have another head than the one that was heard of. Deliveries are late, lost or out of order, so the
 * head that GitHub names is reviewed whether or not its own delivery comes.
 */
async function followUp({ queue, heads }: WorkOptions, job: JobOf<'review'>, done: Done, id: string): Promise<void> {
  if (done.judged === true) await heads.judge(job.request);
  if (done.outcome === 'closed') {
    const { installationId, repositoryId, request } = job;
    const of = { installationId, ...(repositoryId === undefined ? {} : { repositoryId }) };
    const end: ReviewJob = { kind: 'feedback', ...of, request };
    await queue.enqueue(keyOf(end), end, { once: `${id}/feedback`, follows: true });
  }
  if (done.newHead === undefined) return;
  const waiting = await queue.waiting(keyOf(job));
  if (waiting?.kind === 'review' && waiting.request.headSha === done.newHead) return;
  const { again: _, ...rest } = job;
  const next: ReviewJob = { ...rest, request: { ...job.request, headSha: done.newHead }, resumes: true };
  await queue.enqueue(keyOf(next), next, { once: `${id}/${done.newHead}`, follows: true });
}

/** What comes from the process of a job may be anything. */
async function recordFeedback({ feedback, metrics }: WorkOptions, done: Done): Promise<void> {
  const read = decodeFeedback(done.feedback);
  if (!read) return;
  await feedback.record(read);
  metrics.feedback(read);
}

async function locateJob(options: WorkOptions, job: JobOf<'locate'>, { id }: JobContext): Promise<void> {
  const { client } = options.github.installation(job);
  for (const [at, found] of (await locateJobs(client, job)).entries())
    await options.queue.enqueue(keyOf(found), found, { once: `${id}/${at}`, follows: true });
}

/** Takes in jobs about what nobody works on. */
export async function enqueueUnknown(
  { queue, allowedOwners }: Pick<WorkOptions, 'queue' | 'allowedOwners'>,
  jobs: readonly ReviewJob[],
): Promise<void> {
  for (const job of jobs)
    if (isServed(job, allowedOwners) && !(await queue.has(keyOf(job)))) await queue.enqueue(keyOf(job), job);
}

/** The end of a job that failed for good: no check run may stay open, and what was not judged does not pass. */
export async function giveUp(options: WorkOptions, job: ReviewJob, error: unknown): Promise<void> {
  const expected = error instanceof GitHubError && error.code === 'gone';
  options.log[expected ? 'info' : 'error']({ ...subjectOf(job), err: error }, 'review given up');
  options.metrics.job(job.kind, 'given-up', {});
  const request = requestOf(job);
  if (!request) return answering(options, job, error);
  await closing(options, job, async (installation) => {
    try {
      // The configuration says what an unfinished review means, and it is a text of the repository.
      await options.place({ kind: 'conclude', request, error }, hostOf(options, job, installation));
    } catch (fault) {
      if (fault instanceof GitHubError) throw fault;
      await concludeGivenUp(
        { client: installation.client, login: options.github.login },
        request,
        unfinishedReport(error),
      );
    }
  });
}

/** Where nothing is left to write to, the log alone tells. */
async function answering({ github, log }: WorkOptions, job: ReviewJob, error: unknown): Promise<void> {
  if (error instanceof GitHubError && error.code === 'gone') return;
  await excuse(github.installation(job).client, github.login, job, error).catch((fault: unknown) =>
    log.warn({ ...subjectOf(job), err: fault }, 'the answer could not be written'),
  );
}

/** The end of a job that another one of its pull request replaced after it had begun. */
export async function leaveReplaced(options: WorkOptions, job: ReviewJob): Promise<void> {
  if (job.kind !== 'review') return;
  const { client } = options.github.installation(job);
  // The other job need not be about a newer head: the head that GitHub names keeps its run, for the job that reviews it.
  const late = overtaken(job.request, await readPullRequest(client, job.request));
  if (!late) return;
  const report: CheckReport = shortReport(late.reason.conclusion, late.reason.title, late.reason.sentence);
  await closing(options, job, async ({ client: own }) => {
    await concludeOpenChecks({ client: own, login: options.github.login }, job.request, report);
  });
}

async function closing(
  { github, log }: WorkOptions,
  job: ReviewJob,
  conclude: (installation: Installation) => Promise<void>,
): Promise<void> {
  try {
    const installation = github.installation(job);
    const permissions = await installation.permissions();
    if (permissions !== undefined && permissions['checks'] !== 'write') return;
    await conclude(installation);
  } catch (fault) {
    log.warn({ ...subjectOf(job), err: fault }, 'the check run could not be concluded');
  }
}

function requestOf(job: ReviewJob): ReviewRequest | undefined {
  if (job.kind === 'review') return job.request;
  return job.kind === 'merge-group' ? groupRequest(job.group) : undefined;
}
