/**
 * The queue of a single process. Per key there is a lane: at most one job that runs and one that waits (for a free place,
 * or for the time of its next attempt). Jobs are stored before they are accepted and removed when they came to an end.
 * Places are given by `places.ts`.
 */
import { randomUUID } from 'node:crypto';
import { defaultRetryPolicy, delayBeforeRetry, isWait, maxWaits, type RetryPolicy } from './backoff.ts';
import type { Enqueued, Handler, Job, JobQueue, JobStore, QueueFigures } from './job.ts';
import { type Place, Places } from './places.ts';
import { Watchers } from './watchers.ts';

export interface EmbeddedQueueOptions<P> {
  readonly handler: Handler<P>;
  readonly store: JobStore<P>;
  /** Jobs that run at the same time; default 2. */
  readonly concurrency?: number;
  /** A job that runs longer frees its place, see `Places`; default 20,000 ms. */
  readonly placeMs?: number;
  /** Whose work a job is: places are shared out fairly among groups. Default: one group. */
  readonly groupOf?: (payload: P) => string;
  /** Waiting jobs beyond which `enqueue` answers `full`; default 1,000. */
  readonly maxWaiting?: number;
  readonly retry?: RetryPolicy;
  /** Told of every job that ended badly for good. May clean up; what it throws goes to `onFault`. */
  readonly onGivenUp?: (payload: P, error: unknown) => Promise<void>;
  /**
   * Told of every job that was begun, did not come to its end and was replaced by another one of its key. It is removed
   * from the store afterwards, so that a clean-up that is interrupted is made by the next process.
   */
  readonly onReplaced?: (payload: P) => Promise<void>;
  /** Told of every attempt that failed and will be repeated after `delayMs`. */
  readonly onRetry?: (payload: P, error: unknown, delayMs: number) => void;
  /** Told of faults of the queue itself: a store that cannot be written, an entry that cannot be read. */
  readonly onFault?: (error: unknown) => void;
}

interface Task<P> {
  readonly job: Job<P>;
  /** When it was taken in, in milliseconds of this process. */
  readonly since: number;
  attempt: number;
  waits: number;
  resumed: boolean;
  timer?: NodeJS.Timeout | undefined;
}

interface Running<P> {
  readonly task: Task<P>;
  readonly abort: AbortController;
  readonly place: Place;
}

interface Lane<P> {
  running?: Running<P> | undefined;
  waiting?: Task<P> | undefined;
}

/** Makes a queue that runs `handler` in this process. */
export function embeddedQueue<P>(options: EmbeddedQueueOptions<P>): JobQueue<P> {
  return new EmbeddedQueue(options);
}

class EmbeddedQueue<P> implements JobQueue<P> {
  readonly #options: EmbeddedQueueOptions<P>;
  readonly #retry: RetryPolicy;
  readonly #places: Places;
  readonly #maxWaiting: number;
  readonly #lanes = new Map<string, Lane<P>>();
  /** Keys whose waiting job may start, oldest first. */
  readonly #ready: string[] = [];
  readonly #watchers = new Watchers();
  #waitingCount = 0;
  /** Clean-ups of replaced jobs that are under way. */
  #cleaning = 0;
  #closed = false;

  constructor(options: EmbeddedQueueOptions<P>) {
    this.#options = options;
    this.#retry = options.retry ?? defaultRetryPolicy;
    this.#maxWaiting = options.maxWaiting ?? 1_000;
    this.#places = new Places(options.concurrency ?? 2, options.placeMs ?? 20_000, () => this.#startReady());
  }

  async enqueue(key: string, payload: P): Promise<Enqueued> {
    if (this.#closed) return 'closed';
    const replaces = this.#lanes.get(key)?.waiting !== undefined;
    if (!replaces && this.#waitingCount >= this.#maxWaiting) return 'full';
    const job: Job<P> = { id: randomUUID(), key, payload };
    await this.#options.store.save(job);
    return this.#put({ job, since: performance.now(), attempt: 0, waits: 0, resumed: false });
  }

  has(key: string): boolean {
    return this.#lanes.has(key);
  }

  waiting(key: string): P | undefined {
    return this.#lanes.get(key)?.waiting?.job.payload;
  }

  figures(): QueueFigures {
    const since = [...this.#lanes.values()].flatMap(({ waiting: task }) => (task ? [task.since] : []));
    return {
      waiting: this.#waitingCount,
      running: this.#places.taken,
      oldestMs: since.length === 0 ? 0 : performance.now() - Math.min(...since),
      open: !this.#closed && this.#waitingCount < this.#maxWaiting,
    };
  }

  async resume(): Promise<number> {
    const { jobs, unreadable } = await this.#options.store.load();
    for (const name of unreadable)
      this.#options.onFault?.(new Error(`stored job ${name} cannot be read; it is left alone`));
    for (const job of jobs) this.#put({ job, since: performance.now(), attempt: 0, waits: 0, resumed: true });
    return jobs.length;
  }

  idle(): Promise<void> {
    return this.#watchers.when(() => this.#places.taken === 0 && this.#waitingCount === 0 && this.#cleaning === 0);
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.#closed = true;
    for (const lane of this.#lanes.values()) clearTimeout(lane.waiting?.timer);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const quiet = this.#watchers.when(() => this.#places.taken === 0 && this.#cleaning === 0).then(() => true as const);
    const ended = await Promise.race([quiet, late]);
    clearTimeout(timer);
    if (!ended) for (const lane of this.#lanes.values()) lane.running?.abort.abort(new Error('the process is ending'));
    return ended;
  }

  /** Makes `task` the waiting one of its lane and tells the running one that another has come. */
  #put(task: Task<P>): Enqueued {
    const lane = this.#lane(task.job.key);
    const replaced = lane.waiting;
    if (replaced) this.#forget(replaced);
    else this.#waitingCount++;
    lane.waiting = task;
    lane.running?.abort.abort(new Error('another job of the same key has arrived'));
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
    return lane?.waiting && !lane.waiting.timer && !lane.running ? this.#groupOf(lane.waiting) : undefined;
  }

  #groupOf(task: Task<P>): string {
    return this.#options.groupOf?.(task.job.payload) ?? '';
  }

  #start(lane: Lane<P>, task: Task<P>): void {
    const abort = new AbortController();
    lane.waiting = undefined;
    lane.running = { task, abort, place: this.#places.take(this.#groupOf(task)) };
    this.#waitingCount--;
    task.attempt++;
    const resumed = task.resumed || task.attempt + task.waits > 1;
    const context = { id: task.job.id, attempt: task.attempt, resumed, signal: abort.signal };
    // The handler starts in a later turn, so that whoever enqueued is answered first.
    void Promise.resolve()
      .then(() => this.#options.handler(task.job.payload, context))
      .then(
        () => this.#ended(lane, task),
        (error: unknown) => this.#failed(lane, task, error),
      );
  }

  async #failed(lane: Lane<P>, task: Task<P>, error: unknown): Promise<void> {
    // The process ends, and what it takes along (a child, a connection) fails: the job stays in the store as it is.
    if (this.#closed) return this.#release(lane, task.job.key);
    if (lane.waiting) {
      this.#forget(task);
      return this.#release(lane, task.job.key);
    }
    const delay = this.#delayOf(task, error);
    if (delay === undefined) {
      await this.#options.onGivenUp?.(task.job.payload, error).catch((fault) => this.#fault(fault));
      // The end may have begun while the clean-up was made, which then may have failed for it.
      return this.#closed ? this.#release(lane, task.job.key) : this.#ended(lane, task);
    }
    this.#options.onRetry?.(task.job.payload, error, delay);
    this.#postpone(lane, task, delay);
    this.#release(lane, task.job.key);
  }

  #delayOf(task: Task<P>, error: unknown): number | undefined {
    if (isWait(error) && task.waits < maxWaits) {
      task.waits++;
      task.attempt--;
      return delayBeforeRetry(error, Math.max(1, task.attempt), this.#retry);
    }
    return delayBeforeRetry(error, task.attempt, this.#retry);
  }

  #postpone(lane: Lane<P>, task: Task<P>, delay: number): void {
    lane.waiting = task;
    this.#waitingCount++;
    task.timer = setTimeout(() => {
      task.timer = undefined;
      this.#offer(task.job.key);
    }, delay);
  }

  async #ended(lane: Lane<P>, task: Task<P>): Promise<void> {
    await this.#options.store.remove(task.job).catch((fault) => this.#fault(fault));
    this.#release(lane, task.job.key);
  }

  #release(lane: Lane<P>, key: string): void {
    if (lane.running) this.#places.give(lane.running.place);
    lane.running = undefined;
    if (!lane.waiting) this.#lanes.delete(key);
    this.#startReady();
    this.#watchers.notify();
  }

  /** Drops a task that another one replaced; what it began is cleaned up first. */
  #forget(task: Task<P>): void {
    clearTimeout(task.timer);
    const begun = task.resumed || task.attempt + task.waits > 0;
    this.#cleaning++;
    void Promise.resolve(begun ? this.#options.onReplaced?.(task.job.payload) : undefined)
      .then(() => this.#options.store.remove(task.job))
      .catch((fault) => this.#fault(fault))
      .then(() => {
        this.#cleaning--;
        this.#watchers.notify();
      });
  }

  #fault(error: unknown): void {
    this.#options.onFault?.(error);
  }
}
