/** A unit of work that must not be lost, and what a queue promises about it. The queue knows nothing of what is in it. */
import type { RetryPolicy } from './backoff.ts';

/** Work under a key. Jobs of one key never run at the same time, and a newer one replaces an older one that waits. */
export interface Job<P> {
  /** Unique among all jobs, also over restarts. */
  readonly id: string;
  readonly key: string;
  readonly payload: P;
  /** See `EnqueueOptions`. */
  readonly once?: string;
}

/** Which attempt at which job. */
export interface JobAttempt {
  /** The job's id: the same in each attempt, also after a restart. */
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The job was begun before and may have left traces: a failed attempt, or a process that died. */
  readonly resumed: boolean;
}

/** What a handler is told beside the payload. */
export interface JobContext extends JobAttempt {
  /** Aborted when the job is no longer this process's: it ends, or another one has taken the job over. */
  readonly signal: AbortSignal;
  /** Whether the job is still this process's. To be asked before something is done that must be done once. */
  holds(): Promise<boolean>;
}

export type Handler<P> = (payload: P, context: JobContext) => Promise<void>;

/** What became of a request to do something. `full` means: not stored, ask again later; `repeated`: it was taken in before. */
export type Enqueued = 'queued' | 'replaced' | 'repeated' | 'full' | 'closed';

export interface EnqueueOptions {
  /** Of the jobs with this id the first is taken in, and no other one for three days or 10,000 ids. */
  readonly once?: string;
  /** The job follows from one that was taken in, so it is stored however many wait, also while the process ends. */
  readonly follows?: boolean;
}

/** What a queue holds at this moment. */
export interface QueueFigures {
  readonly waiting: number;
  readonly running: number;
  /** Jobs that were given up and can be tried again by hand. */
  readonly dead: number;
  /** Milliseconds since the job that waits longest was taken in; 0 when none waits. */
  readonly oldestMs: number;
  /** Whether jobs are taken in: not when too many wait, nor when the process ends or the store is out of reach. */
  readonly open: boolean;
}

/** A job that was given up. */
export interface DeadJob<P> {
  readonly job: Job<P>;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Jobs that were given up and are kept, at most this many: the newest. */
export const keptDeadJobs = 1_000;

/** What was given up. */
export interface DeadLetters<P> {
  /** Newest first. */
  dead(): Promise<readonly DeadJob<P>[]>;
  /** Puts a job that was given up back into the line, as a new one; false when there is none of this id. */
  replay(id: string): Promise<boolean>;
}

export interface JobQueue<P> extends DeadLetters<P> {
  /** Stores the job, then returns; the work happens later. Rejects when the store cannot be written. */
  enqueue(key: string, payload: P, options?: EnqueueOptions): Promise<Enqueued>;
  /** Whether a job of this key waits or runs. */
  has(key: string): Promise<boolean>;
  /** The job of this key that waits, if any. */
  waiting(key: string): Promise<P | undefined>;
  figures(): Promise<QueueFigures>;
  /** Takes up what an earlier process left undone, and begins to work. Returns how many jobs that were. */
  resume(): Promise<number>;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
  /**
   * Takes no more jobs and starts none, waits up to `timeoutMs` for the running ones, then aborts them. What is not
   * done stays in the store. Returns whether everything that ran came to its end.
   */
  drain(timeoutMs: number): Promise<boolean>;
}

/** What an engine is told to do with jobs, whichever it is. */
export interface QueueOptions<P> {
  readonly handler: Handler<P>;
  /** Jobs that this process runs at the same time; default 2. */
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

/** Where jobs survive a restart. Every method resolves only when the change is on stable storage. */
export interface JobStore<P> extends DeadLetters<P> {
  save(job: Job<P>): Promise<void>;
  remove(job: Job<P>): Promise<void>;
  /** In place of `remove`: the job was given up. */
  bury(job: Job<P>, reason: string): Promise<void>;
  /** Jobs in the order in which they were saved. Entries that cannot be read are left out and named. */
  load(): Promise<StoredJobs<P>>;
  /** How many jobs were given up and are kept. */
  countDead(): Promise<number>;
  /** Jobs that others put there since: those that were given up and are to be tried again. */
  arrivals(): Promise<readonly Job<P>[]>;
}

export interface StoredJobs<P> {
  readonly jobs: readonly Job<P>[];
  readonly unreadable: readonly string[];
  /** Ids of what was taken in once, oldest first. */
  readonly taken: readonly string[];
}
