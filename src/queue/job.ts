/** A unit of work that must not be lost, and what a queue promises about it. The queue knows nothing of what is in it. */

/** Work under a key. Jobs of one key never run at the same time, and a newer one replaces an older one that waits. */
export interface Job<P> {
  /** Unique among all jobs, also over restarts. */
  readonly id: string;
  readonly key: string;
  readonly payload: P;
}

/** What a handler is told beside the payload. */
export interface JobContext {
  /** The job's id: the same in each attempt, also after a restart. */
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The job was begun before and may have left traces: a failed attempt, or a process that died. */
  readonly resumed: boolean;
  /** Aborted when another job of the same key arrives, which need not be about something newer, or when the process ends. */
  readonly signal: AbortSignal;
}

export type Handler<P> = (payload: P, context: JobContext) => Promise<void>;

/** What became of a request to do something. `full` means: not stored, ask again later. */
export type Enqueued = 'queued' | 'replaced' | 'full' | 'closed';

/** What a queue holds at this moment. */
export interface QueueFigures {
  readonly waiting: number;
  readonly running: number;
  /** Milliseconds since the job that waits longest was taken in; 0 when none waits. */
  readonly oldestMs: number;
  /** Whether jobs are taken in: not when too many wait, nor when the process ends. */
  readonly open: boolean;
}

export interface JobQueue<P> {
  /** Stores the job, then returns; the work happens later. Rejects when the store cannot be written. */
  enqueue(key: string, payload: P): Promise<Enqueued>;
  /** Whether a job of this key waits or runs. */
  has(key: string): boolean;
  /** The job of this key that waits, if any. */
  waiting(key: string): P | undefined;
  figures(): QueueFigures;
  /** Takes up what an earlier process left undone. Returns how many jobs that were. */
  resume(): Promise<number>;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
  /**
   * Takes no more jobs and starts none, waits up to `timeoutMs` for the running ones, then aborts them. What is not
   * done stays in the store. Returns whether everything that ran came to its end.
   */
  drain(timeoutMs: number): Promise<boolean>;
}

/** Where jobs survive a restart. Every method resolves only when the change is on stable storage. */
export interface JobStore<P> {
  save(job: Job<P>): Promise<void>;
  remove(job: Job<P>): Promise<void>;
  /** Jobs in the order in which they were saved. Entries that cannot be read are left out and named. */
  load(): Promise<{ readonly jobs: readonly Job<P>[]; readonly unreadable: readonly string[] }>;
}
