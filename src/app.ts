/**
 * The composition root of the App: settings in, a listening server out. Adapters are built here and ports wired; what a
 * review is stands in `review/`, what GitHub is in `github/`, how work waits in `queue/`.
 */
import type { Terminal } from './cli/terminal.ts';
import { type Engine, type EngineOptions, openEngine } from './engine.ts';
import { type AppSettings, type Role, readEnvironment } from './github/environment.ts';
import { subjectOf } from './github/job-subject.ts';
import { isServed, keyOf, type ReviewJob } from './github/jobs.ts';
import { createLog, type Log } from './github/log.ts';
import { createMetrics, type Metrics } from './github/metrics.ts';
import { createGitHubApp, type GitHubApp, IntakeFull } from './github/probot-app.ts';
import { startRecovery } from './github/recovery.ts';
import { giveUp, leaveReplaced, type WorkOptions, workOn } from './github/review-work.ts';
import { type RunningServer, startServer } from './github/server.ts';
import { openTracing, type Tracing } from './github/tracing.ts';
import type { WorkPlace } from './github/work.ts';
import type { RetryPolicy } from './queue/backoff.ts';
import type { JobQueue, JobStore } from './queue/job.ts';
import { isolatedWork } from './worker/isolated-work.ts';
import { sandbox } from './worker/sandbox.ts';

export interface AppOptions {
  /** Where work on pull requests is done: `isolatedWork` for the App, `workHere` for tests. */
  readonly place: WorkPlace;
  /** Default: all that the App does. */
  readonly role?: Role;
  readonly log?: Log;
  readonly retry?: RetryPolicy;
  /** Where jobs are kept, in place of what the settings say. */
  readonly store?: JobStore<ReviewJob>;
  /** See `QueueOptions`. */
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
export async function serve(terminal: Pick<Terminal, 'env' | 'err'>, role: Role = 'all'): Promise<number> {
  const result = readEnvironment(terminal.env, role);
  if (result.kind === 'problems') {
    for (const problem of result.problems) terminal.err(`goplumber: ${problem}\n`);
    return 2;
  }
  try {
    const app = await startApp(result.settings, { place: isolatedWork(), role });
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
  // Jobs are run after `resume` only, when all of this is there.
  let work: WorkOptions | undefined;
  const ready = (): WorkOptions => {
    if (!work) throw new Error('a job was run before the App was built');
    return work;
  };
  const engine = await openEngine(settings, engineOptions(settings, options, log, ready));
  try {
    const { queue, state } = engine;
    const metrics = createMetrics(() => queue.figures());
    const takeJob = (job: ReviewJob, delivery: string) => takeIn(settings, queue, log, job, delivery);
    const github = await createGitHubApp(settings, log, metrics, state.budgetOf, takeJob);
    const { place, settleMs } = options;
    const { heads, feedback } = state;
    const { allowedOwners } = settings;
    const tracing = await openTracing(settings.traces);
    work = { place, log, github, queue, heads, feedback, metrics, tracing, allowedOwners };
    if (settleMs !== undefined) work = { ...work, settleMs };
    return await startParts(settings, options, { log, engine, metrics, github, tracing });
  } catch (error) {
    await engine.queue.drain(0);
    engine.close();
    throw error;
  }
}

function engineOptions(
  settings: AppSettings,
  { retry, placeMs, store }: AppOptions,
  log: Log,
  work: () => WorkOptions,
): EngineOptions {
  return {
    ...(store ? { store } : {}),
    ...(retry ? { retry } : {}),
    ...(placeMs === undefined ? {} : { placeMs }),
    concurrency: settings.concurrency,
    groupOf: (job) => String(job.installationId),
    handler: (job, context) => workOn(work(), job, context),
    onGivenUp: (job, error) => giveUp(work(), job, error),
    onReplaced: (job) => leaveReplaced(work(), job),
    onRetry: (job, error, delayMs) =>
      log.warn({ ...subjectOf(job), delayMs, err: error }, 'review failed; it will be retried'),
    onFault: (error) => log.error({ err: error }, 'the queue failed'),
  };
}

interface Parts {
  readonly log: Log;
  readonly engine: Engine;
  readonly metrics: Metrics;
  readonly github: GitHubApp;
  readonly tracing: Tracing;
}

async function startParts(settings: AppSettings, options: AppOptions, parts: Parts): Promise<RunningApp> {
  const { log, engine, github, tracing } = parts;
  const { queue, state } = engine;
  const resumed = await queue.resume();
  const servers = await startServers(settings, options.role ?? 'all', parts);
  const port = servers[0]?.port ?? 0;
  const { host, apiUrl: api } = settings;
  log.info({ host, port, api, store: engine.kind, resumed, sandbox: await sandbox() }, 'listening');
  if (engine.kind === 'memory')
    log.warn(
      'STATE_DIR is not set: waiting reviews are kept in memory, and a restart forgets them; name a folder to keep them',
    );
  const recovery = startRecovery({
    github,
    queue,
    log,
    claim: state.claim,
    allowedOwners: settings.allowedOwners,
    everyMs: options.sweepMs ?? settings.sweepMinutes * 60_000,
  });
  return {
    port,
    async idle() {
      await recovery.settled();
      await queue.idle();
    },
    async close(timeoutMs = 30_000) {
      recovery.stop();
      for (const server of servers) await server.close();
      const ended = await queue.drain(timeoutMs);
      engine.close();
      await tracing.close();
      log.info({ ended }, 'stopped');
    },
  };
}

/** The one that GitHub reaches, and where it is asked for one for metrics alone; a worker takes no deliveries. */
async function startServers(
  { webhookPath, host, port, metricsPort }: AppSettings,
  role: Role,
  { log, engine, metrics, github }: Parts,
): Promise<readonly RunningServer[]> {
  const pages = {
    webhookPath,
    log,
    health: () => ({ name: 'goplumber' }),
    ready: () =>
      engine.queue.figures().then(
        ({ open }) => open,
        () => false,
      ),
  };
  if (role === 'worker') return [await startServer({ ...pages, metrics }, host, metricsPort ?? port)];
  const webhooks = { ...pages, receive: github.receive, onAnswer: metrics.webhook };
  if (metricsPort === undefined) return [await startServer({ ...webhooks, metrics }, host, port)];
  return [await startServer(webhooks, host, port), await startServer({ ...pages, metrics }, host, metricsPort)];
}

async function takeIn(
  { allowedOwners }: AppSettings,
  queue: JobQueue<ReviewJob>,
  log: Log,
  job: ReviewJob,
  delivery: string,
): Promise<void> {
  if (!isServed(job, allowedOwners)) {
    log.warn({ ...subjectOf(job), delivery }, 'the owner is not among ALLOWED_OWNERS; nothing was done');
    return;
  }
  const outcome = await queue.enqueue(keyOf(job), { ...job, delivery }, { once: delivery });
  if (outcome === 'full' || outcome === 'closed') throw new IntakeFull(`the queue is ${outcome}`);
  log.info({ ...subjectOf(job), delivery, outcome }, 'job accepted');
}
