/**
 * The Octokit of the App. Probot's defaults send a failed create up to four times, and let GraphQL reads and check run
 * updates through at one a second; here retries and back-off belong to `client.ts` and to the queue.
 */
import { ProbotOctokit } from 'probot';

/** A class for Probot's `Octokit` option. */
export function quietOctokit(): typeof ProbotOctokit {
  const defaults = (options: Record<string, unknown>) => ({
    ...options,
    throttle: { enabled: false },
    retry: { enabled: false },
  });
  return ProbotOctokit.defaults(defaults as never) as unknown as typeof ProbotOctokit;
}
