/**
 * What one installation may still ask of GitHub. Pure: times go in and waits come out, in milliseconds. A secondary limit
 * is for the installation as a whole, so everything of it waits; writes are spread below the content limits before GitHub
 * has to say so.
 */

/** GitHub allows 80 creates a minute and 500 an hour; a bucket fills at the rate and holds the burst. */
export const writeBuckets = [
  { burst: 20, perMs: 55 / 60_000 },
  { burst: 120, perMs: 360 / 3_600_000 },
] as const;

/** What GitHub's documentation asks for when a limit names no time; it grows while GitHub goes on refusing. */
export const unnamedWaitMs = 60_000;
export const longestUnnamedWaitMs = 900_000;

export type RequestKind = 'read' | 'write';

export interface Budget {
  /** How long the next request has to wait; 0 spends it. Nothing is spent by a request that has to wait. */
  spend(kind: RequestKind, now: number): number;
  /** GitHub refused for a rate limit and named a time, or none. Returns the wait that follows from it. */
  refused(retryAfterMs: number | undefined, now: number): number;
  /** GitHub did what was asked. A write that succeeds ends the growth of unnamed waits. */
  answered(kind: RequestKind): void;
}

/** A budget that knows the time, and may be shared with other processes. Rejects when those cannot be reached. */
export interface InstallationBudget {
  spend(kind: RequestKind): Promise<number>;
  refused(retryAfterMs: number | undefined): Promise<number>;
  answered(kind: RequestKind): Promise<void>;
}

/** Of a process that has no others beside it. */
export function ownBudget(now: () => number = Date.now): InstallationBudget {
  const budget = newBudget();
  return {
    spend: async (kind) => budget.spend(kind, now()),
    refused: async (retryAfterMs) => budget.refused(retryAfterMs, now()),
    answered: async (kind) => budget.answered(kind),
  };
}

/** The budget of an installation that was not heard of before. */
export function newBudget(): Budget {
  const buckets = writeBuckets.map((limits) => ({ ...limits, left: limits.burst as number, at: 0 }));
  let pausedUntil = 0;
  let refusals = 0;
  return {
    spend(kind, now) {
      if (now < pausedUntil) return pausedUntil - now;
      if (kind === 'read') return 0;
      for (const bucket of buckets) {
        bucket.left = Math.min(bucket.burst, bucket.left + (now - bucket.at) * bucket.perMs);
        bucket.at = now;
      }
      const wait = Math.max(...buckets.map(({ left, perMs }) => (left >= 1 ? 0 : (1 - left) / perMs)));
      if (wait > 0) return Math.ceil(wait);
      for (const bucket of buckets) bucket.left--;
      return 0;
    },
    refused(retryAfterMs, now) {
      const grown = Math.min(longestUnnamedWaitMs, unnamedWaitMs * 2 ** refusals++);
      const wait = retryAfterMs ?? grown;
      pausedUntil = Math.max(pausedUntil, now + wait);
      return pausedUntil - now;
    },
    answered(kind) {
      if (kind === 'write') refusals = 0;
    },
  };
}
