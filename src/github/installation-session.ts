/**
 * How requests of one installation are sent: signed with its token, spread below GitHub's limits, and all of them held
 * back when GitHub refuses one for a rate limit.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstallationBudget, RequestKind } from './budget.ts';
import { GitHubError } from './errors.ts';
import type { InstallationTokens } from './installation-tokens.ts';
import type { TokenScope } from './token-scope.ts';
import type { Session } from './transport.ts';

export interface SessionOptions {
  readonly installation: number;
  readonly tokens: InstallationTokens;
  readonly scope: TokenScope;
  /** Shared by all sessions of the installation. */
  readonly budget: InstallationBudget;
}

/** A request waits this long in its place; when it has to wait longer, the review gives its place to another. */
const longestWaitMs = 5_000;

/** Makes a session. What it throws for a wait is `rate-limited` and names the time that is left. */
export function installationSession(options: SessionOptions): Session {
  const { installation, tokens, scope, budget } = options;
  const once = async <T>(kind: RequestKind, attempt: (authorization: string) => Promise<T>): Promise<T> => {
    const { token } = await tokens.get(installation, scope);
    try {
      const answer = await attempt(`token ${token}`);
      await budget.answered(kind);
      return answer;
    } catch (error) {
      throw await judged(error, token);
    }
  };
  const judged = async (error: unknown, token: string): Promise<unknown> => {
    if (!(error instanceof GitHubError)) return error;
    if (error.code === 'unauthorized') tokens.drop(installation, token);
    if (error.code !== 'rate-limited') return error;
    const wait = await budget.refused(error.retryAfterMs);
    return new GitHubError('rate-limited', error.message, { ...error, retryAfterMs: wait });
  };
  return {
    async send(kind, attempt) {
      await admitted(budget, kind);
      try {
        return await once(kind, attempt);
      } catch (error) {
        // A refused token did nothing, so even a write may be sent again with another one.
        if (!(error instanceof GitHubError) || error.code !== 'unauthorized') throw error;
        return once(kind, attempt);
      }
    },
  };
}

async function admitted(budget: InstallationBudget, kind: RequestKind): Promise<void> {
  for (let wait = await budget.spend(kind); wait > 0; wait = await budget.spend(kind)) {
    if (wait > longestWaitMs) {
      const seconds = Math.ceil(wait / 1_000);
      const message = `GitHub's rate limit for this installation: nothing is sent for ${seconds} seconds`;
      throw new GitHubError('rate-limited', message, { retryAfterMs: wait });
    }
    await sleep(wait);
  }
}
