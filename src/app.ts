/**
 * The composition root of the App: settings in, a listening server out. Adapters are built here and ports wired; what a
 * review is stands in `review/`, what GitHub is in `github/`, how work waits in `queue/`.
 */
import { mkdir } from 'node:fs/promises';
import type { Terminal } from './cli/terminal.ts';
import { type AppSettings, readEnvironment } from './github/environment.ts';
import { decodeJob, isServed, keyOf, type ReviewJob } from './github/jobs.ts';
import { createLog, type Log } from './github/log.ts';
import { createMetrics } from './github/metrics.ts';
import { headMemory } from './github/own-runs.ts';
import { createGitHubApp, IntakeFull } from './github/probot-app.ts';
import { startRecovery } from './github/recovery.ts';
import { giveUp, leaveReplaced, subjectOf, type WorkOptions, workOn } from './github/review-work.ts';
import { startServer } from './github/server.ts';
import type { WorkPlace } from './github/work.ts';
import type { RetryPolicy } from './queue/backoff.ts';
import { embeddedQueue } from './queue/embedded-queue.ts';
import { fileStore, memoryStore } from './queue/file-store.ts';
import { type FolderLock, lockFolder } from './queue/folder-lock.ts';
import type { JobQueue, JobStore } from './queue/job.ts';
import { isolatedWork } from './worker/isolated-work.ts';
import { sandbox } from './worker/sandbox.ts';

export interface AppOptions {
  /** Where work on pull requests is done: `isolatedWork` for the App, `workHere` for tests. */
  readonly place: WorkPlace;
  readonly log?: Log;
  readonly retry?: RetryPolicy;
  /** Where jobs are kept; default: files below STATE_DIR, else memory. */
  readonly store?: JobStore<ReviewJob>;
  /** See `EmbeddedQueueOptions`. */
  readonly placeMs?: number;
  /** See `ConversationOptions`. */
  readonly settleMs?: number;
  /** Milliseconds between looks for lost deliveries; 0 looks for nothing, not even at the start. Default 10 minutes. */
  readonly sweepMs?: number;
}

export interface RunningApp {
  readonly port: number;
  /** Resolves when no review waits or runs. */
  idle(): Promise<void>;
  /** Takes no more webhooks, lets running reviews end (at most `timeoutMs`, default 30 seconds), keeps the rest stored. */
  close(timeoutMs?: number): Promise<void>;
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
    const app = await startApp(result.settings, { place: isolatedWork() });
    await signalled();
    await app.close();
    return 0;
  } catch (error) {
    terminal.err(`goplumber: the App cannot run: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Starts the App. Rejects when the port or the state folder cannot be had. */
export async function startApp(settings: AppSettings, options: AppOptions): Promise<RunningApp> {
  const log = options.log ?? createLog(settings.logLevel);
  const lock = options.store ? undefined : await lockState(settings);
  try {
    return await startLocked(settings, options, log, lock);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function startLocked(
  settings: AppSettings,
  options: AppOptions,
  log: Log,
  lock: FolderLock | undefined,
): Promise<RunningApp> {
  const queue = embeddedQueue<ReviewJob>({
    store: options.store ?? (await storeOf(settings)),
    concurrency: settings.concurrency,
    groupOf: (job) => String(job.installationId),
    ...(options.retry ? { retry: options.retry } : {}),
    ...(options.placeMs === undefined ? {} : { placeMs: options.placeMs }),
    handler: (job, context) => workOn(work, job, context),
    onGivenUp: (job, error) => giveUp(work, job, error),
    onReplaced: (job) => leaveReplaced(work, job),
    onRetry: (job, error, delayMs) =>
      log.warn({ ...subjectOf(job), delayMs, err: error }, 'review failed; it will be repeated'),
    onFault: (error) => log.error({ err: error }, 'the queue is in trouble'),
  });
  const metrics = createMetrics(() => queue.figures());
  const github = await createGitHubApp(settings, log, metrics, (job, delivery) =>
    takeIn(settings, queue, log, job, delivery),
  );
  const { place, settleMs } = options;
  const heads = headMemory();
  const work: WorkOptions = {
    place,
    log,
    github,
    queue,
    heads,
    metrics,
    allowedOwners: settings.allowedOwners,
    ...(settleMs === undefined ? {} : { settleMs }),
  };
  const resumed = await queue.resume();
  const pages = {
    webhookPath: settings.webhookPath,
    log,
    health: () => ({ name: 'goplumber' }),
    ready: () => queue.figures().open,
  };
  const apart = settings.metricsPort !== undefined;
  const server = await startServer(
    { ...pages, receive: github.receive, onAnswer: metrics.webhook, ...(apart ? {} : { metrics }) },
    settings.host,
    settings.port,
  );
  const inside = apart && (await startServer({ ...pages, metrics }, settings.host, settings.metricsPort ?? 0));
  log.info(
    { host: settings.host, port: server.port, api: settings.apiUrl, resumed, sandbox: await sandbox() },
    'listening',
  );
  const recovery = startRecovery({
    github,
    queue,
    log,
    allowedOwners: settings.allowedOwners,
    everyMs: options.sweepMs ?? settings.sweepMinutes * 60_000,
  });
  return {
    port: server.port,
    async idle() {
      await recovery.settled();
      await queue.idle();
    },
    async close(timeoutMs = 30_000) {
      recovery.stop();
      await server.close();
      if (inside) await inside.close();
      const ended = await queue.drain(timeoutMs);
      lock?.release();
      log.info({ ended }, 'stopped');
    },
  };
}

/** Files of a folder belong to one process. */
async function lockState({ stateDir }: AppSettings): Promise<FolderLock | undefined> {
  if (!stateDir) return undefined;
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  return lockFolder(stateDir);
}

async function storeOf({ stateDir }: AppSettings): Promise<JobStore<ReviewJob>> {
  return stateDir ? fileStore(stateDir, decodeJob) : memoryStore<ReviewJob>();
}

async function takeIn(
  { allowedOwners }: AppSettings,
  queue: JobQueue<ReviewJob>,
  log: Log,
  job: ReviewJob,
  delivery: string,
): Promise<void> {
  if (!isServed(job, allowedOwners)) {
    log.warn({ ...subjectOf(job), delivery }, 'the owner is not among ALLOWED_OWNERS; nothing is done');
    return;
  }
  const outcome = await queue.enqueue(keyOf(job), { ...job, delivery });
  if (outcome === 'full' || outcome === 'closed') throw new IntakeFull(`the queue is ${outcome}`);
  log.info({ ...subjectOf(job), delivery, outcome }, 'job taken in');
}
