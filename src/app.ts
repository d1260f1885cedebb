/**
 * The composition root of the App: settings in, a listening server out. Adapters are built here and ports wired; what a
 * review is stands in `review/`, what GitHub is in `github/`, how work waits in `queue/`.
 */
import { reviewDeps } from './cli/review-deps.ts';
import type { Terminal } from './cli/terminal.ts';
import { concludeOpenCheck } from './github/check-run.ts';
import { type AppSettings, readEnvironment } from './github/environment.ts';
import { GitHubError } from './github/errors.ts';
import { decodeJob, keyOf, type ReviewJob } from './github/jobs.ts';
import { locatePullRequests } from './github/locate.ts';
import { createLog, type Log } from './github/log.ts';
import { gitHubPorts } from './github/ports.ts';
import { createGitHubApp, type GitHubApp, IntakeFull } from './github/probot-app.ts';
import { startServer } from './github/server.ts';
import type { RetryPolicy } from './queue/backoff.ts';
import { embeddedQueue } from './queue/embedded-queue.ts';
import { fileStore, memoryStore } from './queue/file-store.ts';
import type { JobContext, JobQueue } from './queue/job.ts';
import type { CheckReport, ReviewPorts, ReviewRequest } from './review/ports.ts';
import { reviewPullRequest } from './review/review-pull-request.ts';
import { analyseIsolated } from './worker/analyse-isolated.ts';

/** A review of one pull request through the ports given. */
export type Reviewer = (request: ReviewRequest, ports: ReviewPorts) => Promise<unknown>;

export interface AppOptions {
  readonly review: Reviewer;
  readonly log?: Log;
  readonly retry?: RetryPolicy;
  /** See `ConversationOptions`. */
  readonly settleMs?: number;
}

export interface RunningApp {
  readonly port: number;
  /** Resolves when no review waits or runs. */
  idle(): Promise<void>;
  /** Takes no more webhooks, lets running reviews end (at most `timeoutMs`, default 30 seconds), keeps the rest stored. */
  close(timeoutMs?: number): Promise<void>;
}

interface Parts {
  readonly options: AppOptions;
  readonly log: Log;
  readonly github: GitHubApp;
  readonly queue: JobQueue<ReviewJob>;
}

/**
 * Runs the App with the settings of the environment until SIGINT or SIGTERM. Returns the exit code: 0 after an orderly
 * stop, 2 when a setting is missing or wrong or the port cannot be had, with one line for each mistake.
 */
export async function serve(terminal: Pick<Terminal, 'env' | 'err'>): Promise<number> {
  const result = readEnvironment(terminal.env);
  if (result.kind === 'problems') {
    for (const problem of result.problems) terminal.err(`goplumber: ${problem}\n`);
    return 2;
  }
  try {
    const app = await startApp(result.settings, { review: isolatedReviewer(terminal.env) });
    await signalled();
    await app.close();
    return 0;
  } catch (error) {
    terminal.err(`goplumber: the App cannot run: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

/** Reviews with the built-in rules, each analysis in a process of its own. */
export function isolatedReviewer(env: Terminal['env']): Reviewer {
  const deps = { ...reviewDeps(env), analyse: analyseIsolated };
  return (request, ports) => reviewPullRequest(request, ports, deps);
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Starts the App. Rejects when the port or the state folder cannot be had. */
export async function startApp(settings: AppSettings, options: AppOptions): Promise<RunningApp> {
  const log = options.log ?? createLog(settings.logLevel);
  const store = settings.stateDir ? await fileStore(settings.stateDir, decodeJob) : memoryStore<ReviewJob>();
  const queue: JobQueue<ReviewJob> = embeddedQueue<ReviewJob>({
    store,
    concurrency: settings.concurrency,
    ...(options.retry ? { retry: options.retry } : {}),
    handler: (job, context) => work(parts, job, context),
    onGivenUp: (job, error) => giveUp(parts, job, error),
    onRetry: (job, error, delayMs) =>
      log.warn({ ...subject(job), delayMs, err: error }, 'review failed; it will be repeated'),
    onFault: (error) => log.error({ err: error }, 'the queue is in trouble'),
  });
  const github = await createGitHubApp(settings, log, (job, delivery) => takeIn(queue, log, job, delivery));
  const parts: Parts = { options, log, github, queue };
  const resumed = await queue.resume();
  const server = await startServer(
    { webhookPath: settings.webhookPath, log, receive: github.receive, health: () => ({ name: 'goplumber' }) },
    settings.host,
    settings.port,
  );
  log.info({ host: settings.host, port: server.port, api: settings.apiUrl, resumed }, 'listening');
  return {
    port: server.port,
    idle: () => queue.idle(),
    async close(timeoutMs = 30_000) {
      await server.close();
      const ended = await queue.drain(timeoutMs);
      log.info({ ended }, 'stopped');
    },
  };
}

async function takeIn(queue: JobQueue<ReviewJob>, log: Log, job: ReviewJob, delivery: string): Promise<void> {
  const outcome = await queue.enqueue(keyOf(job), job);
  if (outcome === 'full' || outcome === 'closed') throw new IntakeFull(`the queue is ${outcome}`);
  log.info({ ...subject(job), delivery, outcome }, 'job taken in');
}

async function work(parts: Parts, job: ReviewJob, context: JobContext): Promise<void> {
  const client = await parts.github.installation(job.installationId);
  if (job.kind === 'locate') {
    for (const request of await locatePullRequests(client, job)) {
      const found: ReviewJob = { kind: 'review', installationId: job.installationId, request };
      await parts.queue.enqueue(keyOf(found), found);
    }
    return;
  }
  const { settleMs } = parts.options;
  const ports = gitHubPorts({
    client,
    login: parts.github.login,
    resume: context.resumed,
    assertCurrent: () => assertCurrent(context),
    onForbidden: (error) =>
      parts.log.warn({ ...subject(job), err: error }, 'no permission for check runs; reviewing without'),
    ...(settleMs === undefined ? {} : { settleMs }),
  });
  await parts.options.review(job.request, ports);
  parts.log.info({ ...subject(job), attempt: context.attempt }, 'review done');
}

function assertCurrent({ signal }: JobContext): void {
  if (signal.aborted) throw new GitHubError('superseded', 'A newer head of the pull request waits for its review.');
}

const abandoned: CheckReport = {
  conclusion: 'neutral',
  title: 'The review could not be done',
  summary: 'Goplumber could not finish this review. Re-run the check to try again.',
  annotations: [],
};

/** The end of a job that failed for good: no check run may stay open. */
async function giveUp(parts: Parts, job: ReviewJob, error: unknown): Promise<void> {
  const expected = error instanceof GitHubError && (error.code === 'superseded' || error.code === 'gone');
  parts.log[expected ? 'info' : 'error']({ ...subject(job), err: error }, 'review given up');
  if (job.kind !== 'review') return;
  try {
    await concludeOpenCheck(await parts.github.installation(job.installationId), job.request, abandoned);
  } catch (fault) {
    parts.log.warn({ ...subject(job), err: fault }, 'the check run could not be looked up');
  }
}

function subject(job: ReviewJob): object {
  if (job.kind === 'locate') return { repository: `${job.repository.owner}/${job.repository.name}`, head: job.headSha };
  const { repository, pullNumber, headSha } = job.request;
  return { repository: `${repository.owner}/${repository.name}`, pull: pullNumber, head: headSha };
}
