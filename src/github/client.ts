/**
 * The one door to GitHub's API. Adapters call `read`, `write` and `query`; what these throw is a `GitHubError`.
 * Reads are repeated after trouble on the way; writes never are, because a write that failed may have happened.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';
import type { Endpoints } from '@octokit/types';
import { GitHubError, toGitHubError } from './errors.ts';

/** Both Probot's Octokit and the one of `@octokit/rest` are this. */
export type OctokitLike = Pick<Octokit, 'request' | 'graphql'>;

/** Routes are endpoint names as GitHub's documentation writes them: `GET /repos/{owner}/{repo}/pulls/{pull_number}`. */
export interface GitHubClient {
  /** Reads; repeated up to twice on 5xx and lost connections, after 0.3 and 1.5 seconds. */
  read<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
  ): Promise<Endpoints[R]['response']['data']>;
  /** Every page of a list, at most `maxPages` pages of 100. */
  pages<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
    maxPages: number,
  ): Promise<readonly Items<R>[]>;
  /** Writes; sent once. */
  write<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
  ): Promise<Endpoints[R]['response']['data']>;
  /** A GraphQL query; errors of GraphQL that leave data behind are returned as `partial`. */
  query(text: string, variables: Record<string, unknown>): Promise<QueryResult>;
}

type Items<R extends keyof Endpoints> = Endpoints[R]['response']['data'] extends readonly (infer Item)[] ? Item : never;

export interface QueryResult {
  readonly data: Record<string, unknown>;
  /** Types of the errors that came with the data, e.g. `NOT_FOUND`. */
  readonly errors: readonly { readonly type: string; readonly path: string; readonly message: string }[];
}

const readDelaysMs = [300, 1_500];
const pageSize = 100;
const requestTimeoutMs = 60_000;

/** Wraps an Octokit. `now` gives the time in milliseconds. */
export function gitHubClient(octokit: OctokitLike, now: () => number = Date.now): GitHubClient {
  // The generic signature is regained by the methods below; Octokit's own is too deep to be passed through.
  const request = octokit.request as unknown as (
    route: string,
    parameters: object,
  ) => Promise<{ readonly data: unknown }>;
  const send = async (route: string, parameters: object): Promise<unknown> => {
    try {
      const signal = AbortSignal.timeout(requestTimeoutMs);
      return (await request(route, { ...parameters, request: { retries: 0, signal } })).data;
    } catch (error) {
      throw timedOut(error) ?? toGitHubError(error, now());
    }
  };
  const read = (route: string, parameters: object): Promise<unknown> => repeated(() => send(route, parameters));
  return {
    read: (route, parameters) => read(route, parameters as object) as never,
    write: (route, parameters) => send(route, parameters as object) as never,
    async pages(route, parameters, maxPages) {
      const all: never[] = [];
      for (let page = 1; page <= maxPages; page++) {
        const items = (await read(route, { ...(parameters as object), per_page: pageSize, page })) as never[];
        all.push(...items);
        if (items.length < pageSize) break;
      }
      return all;
    },
    query: (text, variables) => repeated(() => query(octokit, text, variables, now)),
  };
}

async function query(
  octokit: OctokitLike,
  text: string,
  variables: Record<string, unknown>,
  now: () => number,
): Promise<QueryResult> {
  try {
    const signal = AbortSignal.timeout(requestTimeoutMs);
    const data = await octokit.graphql<Record<string, unknown>>(text, {
      ...variables,
      request: { retries: 0, signal },
    });
    return { data, errors: [] };
  } catch (error) {
    return partialResult(error) ?? raise(timedOut(error) ?? toGitHubError(error, now()));
  }
}

function raise(error: GitHubError): never {
  throw error;
}

/** GraphQL answers 200 with `errors`; where only some of what was asked is missing, the rest is usable. */
function partialResult(thrown: unknown): QueryResult | undefined {
  if (!(thrown instanceof Error) || thrown.name !== 'GraphqlResponseError') return undefined;
  const { data, errors } = thrown as Error & { data?: unknown; errors?: unknown };
  const list = (Array.isArray(errors) ? errors : []).map((entry: Record<string, unknown>) => ({
    type: String(entry['type'] ?? ''),
    path: Array.isArray(entry['path']) ? entry['path'].join('.') : '',
    message: String(entry['message'] ?? ''),
  }));
  const message = list.map((entry) => entry.message).join('; ') || 'the query failed';
  if (list.some((entry) => entry.type === 'RATE_LIMITED'))
    throw new GitHubError('rate-limited', message, { retryAfterMs: 60_000 });
  if (typeof data === 'object' && data !== null) return { data: data as Record<string, unknown>, errors: list };
  if (list.some((entry) => entry.type === 'NOT_FOUND')) throw new GitHubError('gone', message);
  if (list.some((entry) => entry.type === 'FORBIDDEN')) throw new GitHubError('forbidden', message);
  throw new GitHubError(
    /something went wrong|timeout|timed out/i.test(message) ? 'unavailable' : 'unexpected',
    message,
  );
}

function timedOut(thrown: unknown): GitHubError | undefined {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const names = [thrown, cause].map((error) => (error instanceof Error ? error.name : ''));
  if (!names.includes('TimeoutError') && !names.includes('AbortError')) return undefined;
  return new GitHubError('unreachable', `GitHub did not answer within ${requestTimeoutMs / 1_000} seconds`);
}

async function repeated<T>(work: () => Promise<T>): Promise<T> {
  for (const delay of readDelaysMs) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitHubError) || !error.mayHaveHappened) throw error;
      await sleep(delay);
    }
  }
  return work();
}
