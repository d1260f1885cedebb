/**
 * The queue of a single process. Per key there is a lane: at most one job that runs and one that waits (for a free place,
 * or for the time of its next attempt). Jobs are stored before they are accepted and removed when they came to an end.
 */
import { randomUUID } from 'node:crypto';
import { defaultRetryPolicy, delayBeforeRetry, type RetryPolicy } from './backoff.ts';
import type { Enqueued, Handler, Job, JobQueue, JobStore } from './job.ts';

export interface EmbeddedQueueOptions<P> {
  readonly handler: Handler<P>;
  readonly store: JobStore<P>;
  /** Jobs that run at the same time; default 2. */
  readonly concurrency?: number;
  /** Waiting jobs beyond which `enqueue` answers `full`; default 1,000. */
  readonly maxWaiting?: number;
  readonly retry?: RetryPolicy;
  /** Told of every job that ended badly for good. May clean up; what it throws goes to `onFault`. */
  readonly onGivenUp?: (payload: P, error: unknown) => Promise<void>;
  /** Told of every attempt that failed and will be repeated after `delayMs`. */
  readonly onRetry?: (payload: P, error: unknown, delayMs: number) => void;
  /** Told of faults of the queue itself: a store that cannot be written, an entry that cannot be read. */
  readonly onFault?: (error: unknown) => void;
}

interface Task<P> {
  readonly job: Job<P>;
  attempt: number;
  resumed: boolean;
  timer?: NodeJS.Timeout | undefined;
}

interface Lane<P> {
  running?: { readonly task: Task<P>; readonly abort: AbortController } | undefined;
  waiting?: Task<P> | undefined;
}

/** Makes a queue that runs `handler` in this process. */
export function embeddedQueue<P>(options: EmbeddedQueueOptions<P>): JobQueue<P> {
  return new EmbeddedQueue(options);
}

class EmbeddedQueue<P> implements JobQueue<P> {
  readonly #options: EmbeddedQueueOptions<P>;
  readonly #retry: RetryPolicy;
  readonly #lanes = new Map<string, Lane<P>>();
  /** Keys whose waiting job may start, oldest first. */
  readonly #ready: string[] = [];
  #runningCount = 0;
  #waitingCount = 0;
  #closed = false;
  #watchers: (() => void)[] = [];

  constructor(options: EmbeddedQueueOptions<P>) {
    this.#options = options;
    this.#retry = options.retry ?? defaultRetryPolicy;
  }

  async enqueue(key: string, payload: P): Promise<Enqueued> {
    if (this.#closed) return 'closed';
    const replaces = this.#lanes.get(key)?.waiting !== undefined;
    if (!replaces && this.#waitingCount >= (this.#options.maxWaiting ?? 1_000)) return 'full';
    const job: Job<P> = { id: randomUUID(), key, payload };
    await this.#options.store.save(job);
    return this.#put({ job, attempt: 0, resumed: false });
  }

  async resume(): Promise<number> {
    const { jobs, unreadable } = await this.#options.store.load();
    for (const name of unreadable)
      this.#options.onFault?.(new Error(`stored job ${name} cannot be read; it is left alone`));
    for (const job of jobs) this.#put({ job, attempt: 0, resumed: true });
    return jobs.length;
  }

  idle(): Promise<void> {
    return this.#when(() => this.#runningCount === 0 && this.#waitingCount === 0);
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.#closed = true;
    for (const lane of this.#lanes.values()) clearTimeout(lane.waiting?.timer);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const ended = await Promise.race([this.#when(() => this.#runningCount === 0).then(() => true as const), late]);
    clearTimeout(timer);
    if (!ended) for (const lane of this.#lanes.values()) lane.running?.abort.abort(new Error('the process is ending'));
    return ended;
  }

  /** Makes `task` the waiting one of its lane and tells the running one that it is out of date. */
  #put(task: Task<P>): Enqueued {
    const lane = this.#lane(task.job.key);
    const replaced = lane.waiting;
    if (replaced) this.#forget(replaced);
    else this.#waitingCount++;
    lane.waiting = task;
    lane.running?.abort.abort(new Error('a newer job of the same key has arrived'));
    this.#offer(task.job.key);
    return replaced ? 'replaced' : 'queued';
  }

  #lane(key: string): Lane<P> {
    const known = this.#lanes.get(key);
    if (known) return known;
    const lane: Lane<P> = {};
    this.#lanes.set(key, lane);
    return lane;
  }

  /** Puts a key on the list of those that may start, and starts what there is room for. */
  #offer(key: string): void {
    if (!this.#ready.includes(key)) this.#ready.push(key);
    this.#startReady();
  }

  #startReady(): void {
    const limit = this.#options.concurrency ?? 2;
    let index = 0;
    while (!this.#closed && this.#runningCount < limit && index < this.#ready.length) {
      const key = this.#ready[index] ?? '';
      const lane = this.#lanes.get(key);
      if (lane?.running) {
        index++;
        continue;
      }
      this.#ready.splice(index, 1);
      if (lane?.waiting && !lane.waiting.timer) this.#start(lane, lane.waiting);
    }
  }

  #start(lane: Lane<P>, task: Task<P>): void {
    const abort = new AbortController();
    lane.waiting = undefined;
    lane.running = { task, abort };
    this.#waitingCount--;
    this.#runningCount++;
    task.attempt++;
    const context = { attempt: task.attempt, resumed: task.resumed || task.attempt > 1, signal: abort.signal };
    // The handler starts in a later turn, so that whoever enqueued is answered first.
    void Promise.resolve()
      .then(() => this.#options.handler(task.job.payload, context))
      .then(
        () => this.#ended(lane, task),
        (error: unknown) => this.#failed(lane, task, error),
      );
  }

  async #failed(lane: Lane<P>, task: Task<P>, error: unknown): Promise<void> {
    // Interrupted by the end of the process: it stays in the store and is taken up at the next start.
    if (this.#closed && lane.running?.abort.signal.aborted) return this.#release(lane, task.job.key);
    const superseded = lane.waiting !== undefined;
    const delay = superseded ? undefined : delayBeforeRetry(error, task.attempt, this.#retry);
    if (delay === undefined) {
      if (!superseded) await this.#options.onGivenUp?.(task.job.payload, error).catch((fault) => this.#fault(fault));
      return this.#ended(lane, task);
    }
    this.#options.onRetry?.(task.job.payload, error, delay);
    lane.waiting = task;
    this.#waitingCount++;
    if (!this.#closed) {
      task.timer = setTimeout(() => {
        task.timer = undefined;
        this.#offer(task.job.key);
      }, delay);
    }
    this.#release(lane, task.job.key);
  }

  async #ended(lane: Lane<P>, task: Task<P>): Promise<void> {
    await this.#options.store.remove(task.job).catch((fault) => this.#fault(fault));
    this.#release(lane, task.job.key);
  }

  #release(lane: Lane<P>, key: string): void {
    lane.running = undefined;
    this.#runningCount--;
    if (!lane.waiting) this.#lanes.delete(key);
    this.#startReady();
    this.#notify();
  }

  /** Drops a task that a newer one replaced. */
  #forget(task: Task<P>): void {
    clearTimeout(task.timer);
    this.#options.store.remove(task.job).catch((fault) => this.#fault(fault));
  }

  #fault(error: unknown): void {
    this.#options.onFault?.(error);
  }

  #when(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#watchers.push(() => {
        if (condition()) resolve();
        else void this.#when(condition).then(resolve);
      });
    });
  }

  #notify(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const watcher of watchers) watcher();
  }
}
