/**
 * The queue of a single process. Per key there is a lane: at most one job that runs and one that waits (for a free place,
 * or for the time of its next attempt). Jobs are stored before they are accepted and removed when they came to an end.
 * Places are given by `places.ts`.
 */
import { randomUUID } from 'node:crypto';
import { defaultRetryPolicy } from './backoff.ts';
import type { DeadJob, Enqueued, EnqueueOptions, Job, JobQueue, JobStore, QueueFigures, QueueOptions } from './job.ts';
import { OnceMemory } from './once.ts';
import { Places } from './places.ts';
import {
  contextOf,
  countFailure,
  hasInterrupted,
  isBegun,
  type Lane,
  laneOf,
  newTask,
  oldestMs,
  putLast,
  reasonOf,
  type Task,
} from './task.ts';
import { Watchers, withinMs } from './watchers.ts';

export interface EmbeddedQueueOptions<P> extends QueueOptions<P> {
  readonly store: JobStore<P>;
  /** How often the store is asked for jobs that are to be tried again; default 5,000 ms. */
  readonly lookMs?: number;
}

/** Makes a queue that runs `handler` in this process. */
export function embeddedQueue<P>(options: EmbeddedQueueOptions<P>): JobQueue<P> {
  return new EmbeddedQueue(options);
}

class EmbeddedQueue<P> implements JobQueue<P> {
  readonly #options: EmbeddedQueueOptions<P>;
  readonly #places: Places;
  readonly #groupOf: (payload: P) => string;
  readonly #maxWaiting: number;
  readonly #lanes = new Map<string, Lane<P>>();
  /** Keys whose waiting job may start, oldest first. */
  readonly #ready: string[] = [];
  readonly #watchers = new Watchers();
  #taken = new OnceMemory();
  #look: NodeJS.Timeout | undefined;
  #arrivals: Promise<void> = Promise.resolve();
  #waitingCount = 0;
  /** Clean-ups of replaced jobs that are under way. */
  #cleaning = 0;
  #closed = false;
  readonly #fault = (error: unknown): void => this.#options.onFault?.(error);

  constructor(options: EmbeddedQueueOptions<P>) {
    this.#options = options;
    this.#groupOf = options.groupOf ?? (() => '');
    this.#maxWaiting = options.maxWaiting ?? 1_000;
    this.#places = new Places(options.concurrency ?? 2, options.placeMs ?? 20_000, () => this.#startReady());
  }

  async enqueue(key: string, payload: P, { once, follows = false }: EnqueueOptions = {}): Promise<Enqueued> {
    if (this.#closed && !follows) return 'closed';
    const replaces = this.#lanes.get(key)?.waiting !== undefined;
    if (!replaces && !follows && this.#waitingCount >= this.#maxWaiting) return 'full';
    if (once !== undefined && !this.#taken.add(once)) return 'repeated';
    const job: Job<P> = { id: randomUUID(), key, payload, ...(once === undefined ? {} : { once }) };
    try {
      await this.#options.store.save(job);
    } catch (error) {
      if (once !== undefined) this.#taken.forget(once);
      throw error;
    }
    return this.#arrive(newTask(job));
  }

  async has(key: string): Promise<boolean> {
    return this.#lanes.has(key);
  }

  async waiting(key: string): Promise<P | undefined> {
    const lane = this.#lanes.get(key);
    return (lane?.later.at(-1) ?? lane?.waiting)?.job.payload;
  }

  async figures(): Promise<QueueFigures> {
    return {
      waiting: this.#waitingCount,
      running: this.#places.taken,
      dead: await this.#options.store.countDead(),
      oldestMs: oldestMs(this.#lanes.values()),
      open: !this.#closed && this.#waitingCount < this.#maxWaiting,
    };
  }

  dead(): Promise<readonly DeadJob<P>[]> {
    return this.#options.store.dead();
  }

  async replay(id: string): Promise<boolean> {
    const found = await this.#options.store.replay(id);
    if (found) await this.#takeArrivals();
    return found;
  }

  async resume(): Promise<number> {
    const { jobs, unreadable, taken } = await this.#options.store.load();
    for (const name of unreadable)
      this.#options.onFault?.(new Error(`stored job ${name} cannot be read; it is left untouched`));
    this.#taken = new OnceMemory(taken);
    for (const job of jobs) {
      const lane = laneOf(this.#lanes, job.key);
      if (lane.waiting ?? lane.running) lane.later.push(newTask(job, true));
      else this.#put(lane, newTask(job, true));
    }
    const look = (): void => void this.#takeArrivals().catch(this.#fault);
    this.#look = setInterval(look, this.#options.lookMs ?? 5_000).unref();
    return jobs.length;
  }

  idle(): Promise<void> {
    return this.#watchers.when(() => this.#places.taken === 0 && this.#waitingCount === 0 && this.#cleaning === 0);
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.#closed = true;
    clearInterval(this.#look);
    for (const lane of this.#lanes.values()) clearTimeout(lane.waiting?.timer);
    const quiet = this.#watchers.when(() => this.#places.taken === 0 && this.#cleaning === 0);
    const ended = await withinMs(quiet, timeoutMs);
    if (!ended) for (const lane of this.#lanes.values()) lane.running?.abort.abort(new Error('the process is ending'));
    return ended;
  }

  /** One look after the other, so that none takes up what another one has. */
  #takeArrivals(): Promise<void> {
    const look = this.#arrivals.then(async () => {
      if (this.#closed) return;
      for (const job of await this.#options.store.arrivals()) this.#arrive(newTask(job));
    });
    this.#arrivals = look.catch(() => undefined);
    return look;
  }

  /** Takes in a new task, after what an earlier process was at. */
  #arrive(task: Task<P>): Enqueued {
    const lane = laneOf(this.#lanes, task.job.key);
    const isLast = hasInterrupted(lane);
    const replaced = isLast ? putLast(lane, task) : lane.waiting;
    if (!isLast) this.#put(lane, task);
    if (replaced) this.#forget(replaced);
    return replaced ? 'replaced' : 'queued';
  }

  /** Makes `task` the waiting one of its lane. */
  #put(lane: Lane<P>, task: Task<P>): void {
    if (!lane.waiting) this.#waitingCount++;
    lane.waiting = task;
    this.#offer(task.job.key);
  }

  /** Puts a key on the list of those that may start, and starts what there is room for. */
  #offer(key: string): void {
    if (!this.#ready.includes(key)) this.#ready.push(key);
    this.#startReady();
  }

  #startReady(): void {
    while (!this.#closed) {
      const index = this.#places.choose(this.#ready.map((key) => this.#startable(key)));
      if (index === undefined) return;
      const [key = ''] = this.#ready.splice(index, 1);
      const lane = this.#lanes.get(key);
      if (lane?.waiting) this.#start(lane, lane.waiting);
    }
  }

  /** The group of a key's job; undefined while the one before it runs or its time has not come. */
  #startable(key: string): string | undefined {
    const lane = this.#lanes.get(key);
    return lane?.waiting && !lane.waiting.timer && !lane.running ? this.#groupOf(lane.waiting.job.payload) : undefined;
  }

  #start(lane: Lane<P>, task: Task<P>): void {
    const abort = new AbortController();
    lane.waiting = undefined;
    lane.running = { task, abort, place: this.#places.take(this.#groupOf(task.job.payload)) };
    this.#waitingCount--;
    const resumed = isBegun(task);
    task.attempt++;
    const context = contextOf(task, resumed, abort.signal);
    // The handler starts in a later turn, so that whoever enqueued is answered first.
    void Promise.resolve()
      .then(() => this.#options.handler(task.job.payload, context))
      .then(
        () => this.#options.store.remove(task.job).catch(this.#fault),
        (error: unknown) => this.#failed(lane, task, error),
      )
      .then(() => this.#release(lane, task.job.key));
  }

  async #failed(lane: Lane<P>, task: Task<P>, error: unknown): Promise<void> {
    // The process ends, and what it takes along (a child, a connection) fails: the job stays in the store as it is.
    if (this.#closed) return;
    if (lane.waiting) return this.#forget(task);
    const delayMs = countFailure(task, error, this.#options.retry ?? defaultRetryPolicy);
    if (delayMs === undefined) return this.#giveUp(task, error);
    this.#options.onRetry?.(task.job.payload, error, delayMs);
    lane.waiting = task;
    this.#waitingCount++;
    task.timer = setTimeout(() => {
      task.timer = undefined;
      this.#offer(task.job.key);
    }, delayMs);
  }

  async #giveUp(task: Task<P>, error: unknown): Promise<void> {
    await this.#options.onGivenUp?.(task.job.payload, error).catch(this.#fault);
    // The end may have begun while the clean-up was made, which then may have failed for it.
    if (!this.#closed) await this.#options.store.bury(task.job, reasonOf(error)).catch(this.#fault);
  }

  #release(lane: Lane<P>, key: string): void {
    if (lane.running) this.#places.give(lane.running.place);
    lane.running = undefined;
    const next = lane.waiting ? undefined : lane.later.shift();
    if (next) this.#put(lane, next);
    if (!lane.waiting && !lane.running) this.#lanes.delete(key);
    this.#startReady();
    this.#watchers.notify();
  }

  /** Drops a task that another one replaced; what it began is cleaned up first. */
  #forget(task: Task<P>): void {
    clearTimeout(task.timer);
    this.#cleaning++;
    void Promise.resolve(isBegun(task) ? this.#options.onReplaced?.(task.job.payload) : undefined)
      .then(() => this.#options.store.remove(task.job))
      .catch(this.#fault)
      .then(() => {
        this.#cleaning--;
        this.#watchers.notify();
      });
  }
}
