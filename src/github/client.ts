/**
 * The one door to GitHub's API. Adapters call `read`, `write` and `query`; what these throw is a `GitHubError`.
 * Reads are repeated after trouble on the way; writes never are, because a write that failed may have happened.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';
import type { Endpoints } from '@octokit/types';
import type { RequestKind } from './budget.ts';
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
  /** Pages of 100 of a list that names its next page by a cursor, until one is `enough`; at most `maxPages`. */
  cursorPages<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
    maxPages: number,
    enough: (page: readonly Items<R>[]) => boolean,
  ): Promise<readonly Items<R>[]>;
  /** Writes; sent once. */
  write<R extends keyof Endpoints>(
    route: R,
    parameters: Endpoints[R]['parameters'],
  ): Promise<Endpoints[R]['response']['data']>;
  /**
   * A GraphQL query, repeated as reads are, or a mutation, sent once. Errors of GraphQL that leave data behind come
   * beside the data.
   */
  query(text: string, variables: Record<string, unknown>): Promise<QueryResult>;
}

type Items<R extends keyof Endpoints> = Endpoints[R]['response']['data'] extends readonly (infer Item)[] ? Item : never;

export interface QueryResult {
  readonly data: Record<string, unknown>;
  /** Types of the errors that came with the data, e.g. `NOT_FOUND`. */
  readonly errors: readonly { readonly type: string; readonly path: string; readonly message: string }[];
}

/** What signs requests and says when they may be sent: `installation-session.ts` for the App. */
export interface Session {
  /** Sends one request through `attempt`, which is given the `authorization` header to use. Throws `GitHubError`. */
  send<T>(kind: RequestKind, attempt: (authorization: string | undefined) => Promise<T>): Promise<T>;
}

const openSession: Session = { send: (_, attempt) => attempt(undefined) };

const readDelaysMs = [300, 1_500];
const pageSize = 100;
const requestTimeoutMs = 60_000;

export interface ClientOptions {
  /** Signs for an Octokit that is not signed in itself. */
  readonly session?: Session;
  /** The time in milliseconds. */
  readonly now?: () => number;
}

/** Wraps an Octokit. */
export function gitHubClient(octokit: OctokitLike, options: ClientOptions = {}): GitHubClient {
  const { session = openSession, now = Date.now } = options;
  // The generic signature is regained by the methods below; Octokit's own is too deep to be passed through.
  const request = octokit.request as unknown as (route: string, parameters: object) => Promise<Answer>;
  const send = (kind: RequestKind, route: string, parameters: object): Promise<Answer> =>
    session.send(kind, async (authorization) => {
      try {
        const signal = AbortSignal.timeout(requestTimeoutMs);
        const headers = authorization === undefined ? {} : { headers: { authorization } };
        return assertJson(route, await request(route, { ...parameters, ...headers, request: { retries: 0, signal } }));
      } catch (error) {
        throw timedOut(error) ?? toGitHubError(error, now());
      }
    });
  const ask = (route: string, parameters: object): Promise<Answer> => repeated(() => send('read', route, parameters));
  const read = async (route: string, parameters: object): Promise<unknown> => (await ask(route, parameters)).data;
  return {
    read: (route, parameters) => read(route, parameters as object) as never,
    write: async (route, parameters) => (await send('write', route, parameters as object)).data as never,
    async cursorPages(route, parameters, maxPages, enough) {
      const all: never[] = [];
      let cursor: string | undefined;
      for (let page = 1; page <= maxPages; page++) {
        const next = cursor === undefined ? {} : { cursor };
        const { data, headers } = await ask(route, { ...(parameters as object), per_page: pageSize, ...next });
        all.push(...(data as never[]));
        cursor = nextCursor(headers?.['link']);
        if (cursor === undefined || enough(data as never[])) break;
      }
      return all;
    },
    async pages(route, parameters, maxPages) {
      const all: never[] = [];
      for (let page = 1; page <= maxPages; page++) {
        const items = (await read(route, { ...(parameters as object), per_page: pageSize, page })) as never[];
        all.push(...items);
        if (items.length < pageSize) break;
      }
      return all;
    },
    query(text, variables) {
      const kind = /^\s*mutation\b/.test(text) ? 'write' : 'read';
      const once = () => session.send(kind, (authorization) => query(octokit, text, variables, authorization, now));
      return kind === 'write' ? once() : repeated(once);
    },
  };
}

interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** A proxy or a page of maintenance answers 200 with something else; whether GitHub did what was asked is not known. */
function assertJson(route: string, answer: Answer): Answer {
  const { status, data } = answer;
  if (status === 204 || status === 205 || (typeof data === 'object' && data !== null)) return answer;
  throw new GitHubError('unavailable', `${route}: the answer is not JSON`, { status });
}

/** `<https://...?cursor=abc>; rel="next"`: GitHub makes the cursor, and nobody else knows how. */
function nextCursor(link: unknown): string | undefined {
  const next = typeof link === 'string' ? /<([^<>]{1,2000})>; rel="next"/.exec(link)?.[1] : undefined;
  if (next === undefined || !URL.canParse(next)) return undefined;
  return new URL(next).searchParams.get('cursor') ?? undefined;
}

async function query(
  octokit: OctokitLike,
  text: string,
  variables: Record<string, unknown>,
  authorization: string | undefined,
  now: () => number,
): Promise<QueryResult> {
  try {
    const signal = AbortSignal.timeout(requestTimeoutMs);
    const data = await octokit.graphql<Record<string, unknown> | undefined>(text, {
      ...variables,
      ...(authorization === undefined ? {} : { headers: { authorization } }),
      request: { retries: 0, signal },
    });
    if (typeof data === 'object' && data !== null) return { data, errors: [] };
    throw new GitHubError('unavailable', 'POST /graphql: the answer is not JSON');
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
  if (list.some((entry) => entry.type === 'RATE_LIMITED')) throw new GitHubError('rate-limited', message);
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
