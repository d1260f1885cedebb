/**
 * What is done for a job that reads a pull request: reviews, commands, fixes to apply. Everything that comes from the pull
 * request is parsed here, so this runs apart from the process that holds the App's credentials; what it needs of that
 * process is a `WorkHost`.
 */
import { parseConfig } from '../config/parse-config.ts';
import type { JobAttempt } from '../queue/job.ts';
import { pausedLabel } from '../review/command.ts';
import type { PullFeedback } from '../review/feedback.ts';
import type { ReviewRequest } from '../review/ports.ts';
import { type ReviewDeps, reviewPullRequest } from '../review/review-pull-request.ts';
import type { Tally } from '../review/tally.ts';
import { unfinishedReport } from '../review/unfinished.ts';
import { applyJob } from './apply-work.ts';
import { type CheckOptions, concludeGivenUp } from './check-run.ts';
import { clientOver, type GitHubClient } from './client.ts';
import { commandJob } from './command-work.ts';
import { gitHubConfig } from './config-file.ts';
import { feedbackJob } from './feedback-work.ts';
import type { AppLogin } from './identity.ts';
import type { ReviewJob } from './jobs.ts';
import { groupRequest, mergeGroupPorts } from './merge-group.ts';
import type { SharedHeads } from './own-runs.ts';
import { gitHubPorts } from './ports.ts';
import { readPullRequest } from './pull-request.ts';
import type { Transport } from './transport.ts';

/** What work asks of the process that talks to GitHub. */
export interface WorkHost extends AppLogin {
  /** Requests signed for the installation. */
  readonly transport: Transport;
  readonly heads: SharedHeads;
  warn(error: Error, message: string): void;
  /** Where the work has come to, e.g. the file that is read: told before it is begun, for the case that it never ends. */
  at(place: string): void;
}

/** Jobs that read what a pull request holds. */
export type PullRequestJob = Extract<
  ReviewJob,
  { readonly kind: 'review' | 'label' | 'merge-group' | 'command' | 'apply' | 'feedback' }
>;

type Permissions = Readonly<Record<string, string>> | undefined;

interface OfInstallation {
  /** As granted; undefined when GitHub does not say. */
  readonly permissions: Permissions;
}

/** Work as plain data. */
export type Task =
  | (OfInstallation & {
      readonly kind: 'job';
      readonly job: PullRequestJob;
      readonly context: JobAttempt;
      /** A run may have been left open at the head. */
      readonly known: boolean;
      /** See `ConversationOptions`. */
      readonly settleMs?: number;
    })
  /** A review was given up: its open check runs say why. */
  | { readonly kind: 'conclude'; readonly request: ReviewRequest; readonly error: unknown };

/** What came of it, as plain data. */
export interface Done {
  readonly outcome: string;
  /** The head got its verdict. */
  readonly judged?: boolean;
  /** Head that the pull request has in place of the one to review. */
  readonly newHead?: string;
  /** Work that follows. */
  readonly next?: readonly ReviewJob[];
  /** Seconds by phase. */
  readonly seconds?: Readonly<Record<string, number>>;
  readonly tally?: Tally;
  /** The end of a pull request on which something was said. */
  readonly feedback?: PullFeedback;
}

/** Does the work here or elsewhere. What it throws is what the work threw, or says why there was no answer. */
export type WorkPlace = (task: Task, host: WorkHost) => Promise<Done>;

/** Work in this process: for the process that is there for it, and for tests. */
export function workHere(deps: ReviewDeps): WorkPlace {
  return (task, host) => doWork(task, host, deps);
}

async function doWork(task: Task, host: WorkHost, deps: ReviewDeps): Promise<Done> {
  const client = clientOver(host.transport);
  if (task.kind === 'conclude') {
    const config = await configOf(client, task.request).catch(() => undefined);
    await concludeGivenUp({ client, login: host.login }, task.request, unfinishedReport(task.error, config));
    return { outcome: 'concluded' };
  }
  const { job, context } = task;
  const { login } = host;
  const watch = stopwatch();
  const watched: ReviewDeps = { ...deps, onPlace: (place) => host.at(place), onPhase: watch.begin };
  switch (job.kind) {
    case 'review':
      return { ...(await reviewJob({ task, host, client, deps: watched }, job)), seconds: watch.end() };
    case 'label':
      return labelJob(client, job);
    case 'merge-group':
      return { ...(await groupJob({ task, host, client, deps: watched }, job)), seconds: watch.end() };
    case 'command':
      return { outcome: 'obeyed', ...(await commandJob({ client, login, deps: watched }, job, context)) };
    case 'apply':
      await applyJob({ client, login, deps: watched }, job, context);
      return { outcome: 'applied' };
    case 'feedback': {
      const feedback = await feedbackJob(client, login, job.request);
      return feedback ? { outcome: 'recorded', feedback } : { outcome: 'nothing-said' };
    }
  }
}

/** Seconds by phase; the first one is `read`. */
function stopwatch() {
  const seconds: Record<string, number> = {};
  let phase = 'read';
  let since = performance.now();
  const begin = (next: string): void => {
    const now = performance.now();
    seconds[phase] = (now - since) / 1_000;
    phase = next;
    since = now;
  };
  return {
    begin,
    end(): Readonly<Record<string, number>> {
      begin('over');
      return seconds;
    },
  };
}

interface Scene {
  readonly task: Extract<Task, { readonly kind: 'job' }>;
  readonly host: WorkHost;
  readonly client: GitHubClient;
  readonly deps: ReviewDeps;
}

type JobOf<K extends ReviewJob['kind']> = Extract<ReviewJob, { readonly kind: K }>;

async function reviewJob(scene: Scene, job: JobOf<'review'>): Promise<Done> {
  const { task, deps } = scene;
  const { permissions, settleMs } = task;
  const ports = gitHubPorts({
    ...checkOptions(scene, job.resumes === true),
    ...(permissions?.['pull_requests'] === 'read' ? { mayComment: false } : {}),
    ...(settleMs === undefined ? {} : { settleMs }),
  });
  const outcome = await reviewPullRequest(job.request, ports, deps);
  return {
    outcome: outcome.kind,
    judged: outcome.kind === 'reviewed' || outcome.kind === 'skipped',
    ...(outcome.kind === 'reviewed' ? { tally: outcome.tally } : {}),
    ...(outcome.kind === 'superseded' ? { newHead: outcome.headSha } : {}),
  };
}

async function groupJob(scene: Scene, job: JobOf<'merge-group'>): Promise<Done> {
  const { group } = job;
  const ports = mergeGroupPorts(group, { ...checkOptions(scene, false), group });
  return { outcome: (await reviewPullRequest(groupRequest(job.group), ports, scene.deps)).kind };
}

function checkOptions({ task, host, client }: Scene, resumes: boolean): CheckOptions {
  const { permissions, context, known } = task;
  return {
    client,
    login: host.login,
    ...(permissions === undefined
      ? {}
      : { granted: permissions['checks'] === 'write', mayWrite: permissions['contents'] === 'write' }),
    work: context.id,
    resume: context.resumed || resumes || known,
    heads: host.heads,
    onLogin: host.learn,
    onForbidden: (error) => host.warn(error, 'no permission for check runs; reviewing without'),
  };
}

/** A label that the configuration does not name changes nothing. */
async function labelJob(client: GitHubClient, { label, kind: _, ...job }: JobOf<'label'>): Promise<Done> {
  const matters = label === pausedLabel || (await configOf(client, job.request)).skip.labels.includes(label);
  return matters ? { outcome: 'concerned', next: [{ ...job, kind: 'review', again: true }] } : { outcome: 'unchanged' };
}

async function configOf(client: GitHubClient, request: ReviewRequest) {
  const { baseSha } = await readPullRequest(client, request);
  const stored = await gitHubConfig(client).configText(request.repository, baseSha);
  return parseConfig(stored?.text ?? '', []).config;
}
