/**
 * What was lost is made up for. At the start: open pull requests without a verdict, and check runs that an earlier process
 * left open. From time to time: deliveries that GitHub could not hand over, which it does not try again by itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobQueue } from '../queue/job.ts';
import { keyOf, type ReviewJob } from './jobs.ts';
import type { Log } from './log.ts';
import { type LostDeliveries, lostDeliveries } from './lost-deliveries.ts';
import type { GitHubApp } from './probot-app.ts';
import type { Claim } from './shared-state.ts';
import { listInstallations } from './sweep.ts';

export interface RecoveryOptions {
  readonly github: GitHubApp;
  readonly queue: JobQueue<ReviewJob>;
  readonly log: Log;
  /** Owners whose installations are looked at; undefined: all. */
  readonly allowedOwners: ReadonlySet<string> | undefined;
  /** Milliseconds between looks for lost deliveries; 0 looks for nothing at all. */
  readonly everyMs: number;
  /** Of several processes one looks at a time. */
  readonly claim: Claim;
}

/** Processes that start within this time after another one need not look again. */
const sweptMs = 30_000;

export interface Recovery {
  /** Resolves when the look at the start is over. */
  settled(): Promise<void>;
  stop(): void;
}

/** Begins at once, beside everything else. Trouble is said in the log; the next round is another try. */
export function startRecovery(options: RecoveryOptions): Recovery {
  if (options.everyMs <= 0) return { settled: async () => {}, stop: () => {} };
  const stopped = new AbortController();
  const lost = lostDeliveries(options.github.app);
  const look = () => guarded(options, 'lost deliveries could not be looked for', () => redeliver(options, lost));
  const start = (async () => {
    await guarded(options, 'open pull requests could not be checked', () => sweepAll(options));
    await look();
  })();
  void (async () => {
    await start;
    while (!stopped.signal.aborted) {
      await sleep(options.everyMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      await look();
    }
  })();
  return { settled: () => start, stop: () => stopped.abort() };
}

async function guarded({ log }: RecoveryOptions, message: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => log.warn({ err: error }, message));
}

/** One job for each installation, so that they wait, repeat and share places as all work does. */
async function sweepAll({ github, queue, allowedOwners, claim }: RecoveryOptions): Promise<void> {
  if (!(await claim('sweep', sweptMs))) return;
  for (const installationId of await listInstallations(github.app, allowedOwners)) {
    const job: ReviewJob = { kind: 'sweep', installationId };
    if (!(await queue.has(keyOf(job)))) await queue.enqueue(keyOf(job), job);
  }
}

async function redeliver({ log, claim, everyMs }: RecoveryOptions, lost: LostDeliveries): Promise<void> {
  if (!(await claim('redeliver', everyMs / 2))) return;
  const asked = await lost.redeliver();
  if (asked > 0) log.info({ deliveries: asked }, 'lost deliveries were requested again');
}
