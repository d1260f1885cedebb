/** What an engine keeps about a job while it waits or runs in this process. */
import { delayBeforeRetry, isWait, maxWaits, type RetryPolicy } from './backoff.ts';
import type { Job, JobContext } from './job.ts';
import type { Place } from './places.ts';

export interface Task<P> {
  readonly job: Job<P>;
  /** When it was taken in, in milliseconds of this process. */
  readonly since: number;
  attempt: number;
  waits: number;
  resumed: boolean;
  timer?: NodeJS.Timeout | undefined;
}

export interface Running<P> {
  readonly task: Task<P>;
  readonly abort: AbortController;
  readonly place: Place;
}

/** What one key has: at most one job that runs and one that waits. */
export interface Lane<P> {
  running?: Running<P> | undefined;
  waiting?: Task<P> | undefined;
  /** Stored by an earlier process after the one that waits: an interrupted job comes to its end before a newer one begins. */
  later: Task<P>[];
}

/** The lane of a key, made when there is none. */
export function laneOf<P>(lanes: Map<string, Lane<P>>, key: string): Lane<P> {
  const known = lanes.get(key);
  if (known) return known;
  const lane: Lane<P> = { later: [] };
  lanes.set(key, lane);
  return lane;
}

/**
 * Whether something waits there that an earlier process may have begun. A new task does not take its place: what was begun
 * is known by its id, under which it is ended or found to be done.
 */
export function hasInterrupted({ waiting, later }: Lane<unknown>): boolean {
  return later.length > 0 || (waiting?.resumed === true && waiting.attempt + waiting.waits === 0);
}

/** Puts a task last, in the place of a newer one that has not begun, which is returned. */
export function putLast<P>(lane: Lane<P>, task: Task<P>): Task<P> | undefined {
  const last = lane.later.at(-1);
  const replaced = last && !isBegun(last) ? lane.later.pop() : undefined;
  lane.later.push(task);
  return replaced;
}

/** Milliseconds since the task that waits longest was taken in; 0 when none waits. */
export function oldestMs(lanes: Iterable<Lane<unknown>>): number {
  const since = [...lanes].flatMap(({ waiting }) => (waiting ? [waiting.since] : []));
  return since.length === 0 ? 0 : performance.now() - Math.min(...since);
}

export function newTask<P>(job: Job<P>, resumed = false): Task<P> {
  return { job, since: performance.now(), attempt: 0, waits: 0, resumed };
}

/** Whether the job may have left traces. */
export function isBegun(task: Pick<Task<unknown>, 'resumed' | 'attempt' | 'waits'>): boolean {
  return task.resumed || task.attempt + task.waits > 0;
}

/** What follows from a failed attempt: milliseconds until the next, undefined for none; a wait is no attempt. */
export interface Verdict {
  readonly delayMs: number | undefined;
  readonly waits: boolean;
}

export function verdictOn(
  error: unknown,
  { attempt, waits }: { readonly attempt: number; readonly waits: number },
  retry: RetryPolicy,
): Verdict {
  if (isWait(error) && waits < maxWaits)
    return { delayMs: delayBeforeRetry(error, Math.max(1, attempt - 1), retry), waits: true };
  return { delayMs: delayBeforeRetry(error, attempt, retry), waits: false };
}

/** Counts a failed attempt. Milliseconds until the next one; undefined when there is none. */
export function countFailure(task: Task<unknown>, error: unknown, retry: RetryPolicy): number | undefined {
  const { delayMs, waits } = verdictOn(error, task, retry);
  if (waits) {
    task.waits++;
    task.attempt--;
  }
  return delayMs;
}

/** What the handler is told. A job is its process's until that ends. */
export function contextOf({ job, attempt }: Task<unknown>, resumed: boolean, signal: AbortSignal): JobContext {
  return { id: job.id, attempt, resumed, signal, holds: async () => !signal.aborted };
}

/** An error in a line, for those who look at what was given up. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, 1_000);
}
