/** What is done for each job of the App: the review itself, and what surrounds it when heads move and reviews fail. */

import { parseConfig } from '../config/parse-config.ts';
import type { JobContext, JobQueue } from '../queue/job.ts';
import { shortReport } from '../review/check-report.ts';
import { pausedLabel } from '../review/command.ts';
import { overtaken } from '../review/occasion.ts';
import type { CheckReport, ReviewPorts, ReviewRequest } from '../review/ports.ts';
import type { ReviewDeps, ReviewOutcome } from '../review/review-pull-request.ts';
import { unfinishedReport } from '../review/unfinished.ts';
import { applyJob } from './apply-work.ts';
import { concludeOpenChecks } from './check-run.ts';
import { commandJob } from './command-work.ts';
import { gitHubConfig } from './config-file.ts';
import { GitHubError } from './errors.ts';
import { keyOf, type ReviewJob, repositoryOf } from './jobs.ts';
import { locatePullRequests } from './locate.ts';
import type { Log } from './log.ts';
import { groupRequest, mergeGroupPorts } from './merge-group.ts';
import type { HeadMemory } from './own-runs.ts';
import { gitHubPorts } from './ports.ts';
import type { GitHubApp, Installation } from './probot-app.ts';
import { readPullRequest } from './pull-request.ts';
import { sweepInstallation } from './sweep.ts';

/** A review of one pull request through the ports given. */
export type Reviewer = (request: ReviewRequest, ports: ReviewPorts) => Promise<ReviewOutcome>;

export interface WorkOptions {
  readonly review: Reviewer;
  readonly log: Log;
  readonly github: GitHubApp;
  readonly queue: JobQueue<ReviewJob>;
  readonly heads: HeadMemory;
  /** What commands and buttons analyse with; without it they say that there is nothing. */
  readonly deps?: ReviewDeps;
  /** See `ConversationOptions`. */
  readonly settleMs?: number;
}

type JobOf<K extends ReviewJob['kind']> = Extract<ReviewJob, { readonly kind: K }>;

/** Does a job. Throws what the queue decides upon. */
export async function workOn(options: WorkOptions, job: ReviewJob, context: JobContext): Promise<void> {
  switch (job.kind) {
    case 'review':
      return reviewJob(options, job, context);
    case 'merge-group':
      return groupJob(options, job, context);
    case 'command':
      return commandJob(options, job, context);
    case 'apply':
      return applyJob(options, job, context);
    case 'locate':
      return locateJob(options, job);
    case 'sweep': {
      const jobs = await sweepInstallation(options.github, job.installationId);
      return enqueueUnknown(options, jobs);
    }
  }
}

async function reviewJob(options: WorkOptions, job: JobOf<'review'>, context: JobContext): Promise<void> {
  const { github, log, settleMs, heads } = options;
  if (job.again !== true && !context.resumed && heads.judged(job.request)) {
    log.info(subjectOf(job), 'this head was judged already');
    return;
  }
  const installation = github.installation(job.installationId);
  if (job.label !== undefined && !(await labelMatters(installation, job, job.label))) return;
  const permissions = await installation.permissions();
  const ports = gitHubPorts({
    ...(await checkOptions(options, job, installation, context)),
    login: github.login,
    ...(permissions?.['pull_requests'] === 'read' ? { mayComment: false } : {}),
    ...(settleMs === undefined ? {} : { settleMs }),
  });
  const outcome = await options.review(job.request, ports);
  log.info({ ...subjectOf(job), attempt: context.attempt, outcome: outcome.kind }, 'review done');
  if (outcome.kind === 'reviewed' || outcome.kind === 'skipped') heads.judge(job.request);
  if (outcome.kind === 'superseded') await followHead(options, job, outcome.headSha);
}

async function groupJob(options: WorkOptions, job: JobOf<'merge-group'>, context: JobContext): Promise<void> {
  const installation = options.github.installation(job.installationId);
  const ports = mergeGroupPorts(job.group, await checkOptions(options, job, installation, context));
  const outcome = await options.review(groupRequest(job.group), ports);
  options.log.info({ ...subjectOf(job), attempt: context.attempt, outcome: outcome.kind }, 'review done');
}

async function checkOptions(
  { github, log, heads }: WorkOptions,
  job: ReviewJob,
  installation: Installation,
  context: JobContext,
) {
  const permissions = await installation.permissions();
  return {
    client: installation.client,
    ...(permissions === undefined
      ? {}
      : { granted: permissions['checks'] === 'write', mayWrite: permissions['contents'] === 'write' }),
    work: context.id,
    resume: context.resumed || (job.kind === 'review' && (job.resumes === true || heads.known(job.request))),
    heads,
    onLogin: (login: string) => github.learn(login),
    onForbidden: (error: GitHubError) =>
      log.warn({ ...subjectOf(job), err: error }, 'no permission for check runs; reviewing without'),
  };
}

/** A label that the configuration does not name changes nothing. */
async function labelMatters(installation: Installation, job: JobOf<'review'>, label: string): Promise<boolean> {
  if (label === pausedLabel) return true;
  const config = await configOf(installation, job.request);
  return config.skip.labels.includes(label);
}

async function configOf({ client }: Installation, request: ReviewRequest) {
  const { baseSha } = await readPullRequest(client, request);
  const stored = await gitHubConfig(client).configText(request.repository, baseSha);
  return parseConfig(stored?.text ?? '', []).config;
}

/**
 * The pull request has another head than the one that was heard of. Deliveries are late, lost or out of order, so the
 * head that GitHub names is reviewed whether or not its own delivery comes.
 */
async function followHead({ queue }: WorkOptions, job: JobOf<'review'>, headSha: string): Promise<void> {
  const waiting = queue.waiting(keyOf(job));
  if (waiting?.kind === 'review' && waiting.request.headSha === headSha) return;
  const { again: _, label: __, ...rest } = job;
  const next: ReviewJob = { ...rest, request: { ...job.request, headSha }, resumes: true };
  await queue.enqueue(keyOf(next), next);
}

async function locateJob(options: WorkOptions, job: JobOf<'locate'>): Promise<void> {
  const { client } = options.github.installation(job.installationId);
  const { installationId, repositoryId } = job;
  for (const request of await locatePullRequests(client, job)) {
    const of = { installationId, ...(repositoryId === undefined ? {} : { repositoryId }) };
    const found: ReviewJob = { kind: 'review', ...of, request, again: true };
    await options.queue.enqueue(keyOf(found), found);
  }
}

/** Takes in jobs about what nobody works on. */
export async function enqueueUnknown({ queue }: Pick<WorkOptions, 'queue'>, jobs: readonly ReviewJob[]): Promise<void> {
  for (const job of jobs) if (!queue.has(keyOf(job))) await queue.enqueue(keyOf(job), job);
}

/** The end of a job that failed for good: no check run may stay open, and what was not judged does not pass. */
export async function giveUp(options: WorkOptions, job: ReviewJob, error: unknown): Promise<void> {
  const expected = error instanceof GitHubError && error.code === 'gone';
  options.log[expected ? 'info' : 'error']({ ...subjectOf(job), err: error }, 'review given up');
  const request = requestOf(job);
  if (!request) return;
  const installation = options.github.installation(job.installationId);
  const config = await configOf(installation, request).catch(() => undefined);
  await closeChecks(options, job, request, unfinishedReport(error, config));
}

/** The end of a job that another one of its pull request replaced after it had begun. */
export async function leaveReplaced(options: WorkOptions, job: ReviewJob): Promise<void> {
  if (job.kind !== 'review') return;
  const { client } = options.github.installation(job.installationId);
  // The other job need not be about a newer head: the head that GitHub names keeps its run, for the job that reviews it.
  const pull = await readPullRequest(client, job.request);
  const late = overtaken(job.request, pull);
  if (!late) return;
  const { conclusion, title, sentence } = late.reason;
  await closeChecks(options, job, job.request, shortReport(conclusion, title, sentence));
}

async function closeChecks(
  { github, log }: WorkOptions,
  job: ReviewJob,
  request: ReviewRequest,
  report: CheckReport,
): Promise<void> {
  try {
    const installation = github.installation(job.installationId);
    const permissions = await installation.permissions();
    if (permissions !== undefined && permissions['checks'] !== 'write') return;
    await concludeOpenChecks(installation.client, request, report);
  } catch (fault) {
    log.warn({ ...subjectOf(job), err: fault }, 'the check run could not be concluded');
  }
}

function requestOf(job: ReviewJob): ReviewRequest | undefined {
  if (job.kind === 'review') return job.request;
  return job.kind === 'merge-group' ? groupRequest(job.group) : undefined;
}

/** What a job is about, for the log. */
export function subjectOf(job: ReviewJob): object {
  if (job.kind === 'sweep') return { installation: job.installationId };
  const { owner, name } = repositoryOf(job);
  const repository = `${owner}/${name}`;
  if (job.kind === 'locate') return { repository, head: job.headSha };
  if (job.kind === 'merge-group') return { repository, group: job.group.headSha };
  if (job.kind === 'command') return { repository, pull: job.command.pullNumber, comment: job.command.commentId };
  return { repository, pull: job.request.pullNumber, head: job.request.headSha };
}
