/** When a failed job is tried again. Milliseconds throughout. */

export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  /** Each delay is this many times the one before. */
  readonly factor: number;
  /** No delay is longer, whatever the error asks for. */
  readonly maxDelayMs: number;
}

/** Eight attempts in about three hours: as long as the troubles of GitHub usually last. */
export const defaultRetryPolicy: RetryPolicy = { attempts: 8, firstDelayMs: 5_000, factor: 4, maxDelayMs: 3_600_000 };

/** What the queue reads from an error, whoever threw it. */
interface RetryableError {
  readonly retryable: boolean;
  /** What the other side asked for, e.g. in a `retry-after` header. */
  readonly retryAfterMs?: number;
  /** Nothing failed, only time has to pass: the attempt is not counted. */
  readonly waits?: boolean;
}

/** Waits of one job that are not counted as attempts, at most. */
export const maxWaits = 100;

/**
 * The delay before the next attempt, or undefined when there is none: the error is not retryable, or `attempt` (1-based)
 * was the last. A delay that the error names is the least; the growing back-off is used when it is longer.
 */
export function delayBeforeRetry(error: unknown, attempt: number, policy: RetryPolicy): number | undefined {
  if (!isRetryable(error) || attempt >= policy.attempts) return undefined;
  const grown = policy.firstDelayMs * policy.factor ** (attempt - 1);
  return Math.min(policy.maxDelayMs, Math.max(grown, error.retryAfterMs ?? 0));
}

/** Whether an error only asks for time. */
export function isWait(error: unknown): boolean {
  return isRetryable(error) && error.waits === true;
}

function isRetryable(error: unknown): error is RetryableError {
  return typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === true;
}
