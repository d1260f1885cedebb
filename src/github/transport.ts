/**
 * One request to GitHub as plain data, and the way it takes: signed by a session, timed out, repeated when it is a read.
 * Plain data, so that a process without credentials can have requests made by the one that has them.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';
import type { RequestKind } from './budget.ts';
import { GitHubError, toGitHubError } from './errors.ts';

/** Both Probot's Octokit and the one of `@octokit/rest` are this. */
export type OctokitLike = Pick<Octokit, 'request' | 'graphql'>;

export type Call = RestCall | QueryCall;

export interface RestCall {
  /** Reads are repeated up to twice on 5xx and lost connections, after 0.3 and 1.5 seconds; writes are sent once. */
  readonly kind: RequestKind;
  /** As GitHub's documentation writes it: `GET /repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The answer of a read is wanted as the JSON text that came, unparsed. */
  readonly asText?: boolean;
}

/** A GraphQL query, repeated as reads are, or a mutation, sent once. */
export interface QueryCall {
  readonly kind: 'query';
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly data: unknown;
  /** Of the next page, where a list names it by a cursor. */
  readonly cursor?: string;
  /** Errors of GraphQL that left data behind. */
  readonly errors?: readonly QueryError[];
}

export interface QueryError {
  /** E.g. `NOT_FOUND`. */
  readonly type: string;
  readonly path: string;
  readonly message: string;
}

/** Makes requests. Throws `GitHubError`. */
export type Transport = (call: Call) => Promise<Answer>;

/** What signs requests and says when they may be sent: `installation-session.ts` for the App. */
export interface Session {
  /** Sends one request through `attempt`, which is given the `authorization` header to use. Throws `GitHubError`. */
  send<T>(kind: RequestKind, attempt: (authorization: string | undefined) => Promise<T>): Promise<T>;
}

const openSession: Session = { send: (_, attempt) => attempt(undefined) };

const readDelaysMs = [300, 1_500];
const requestTimeoutMs = 60_000;

export interface TransportOptions {
  /** Signs for an Octokit that is not signed in itself. */
  readonly session?: Session;
  /** The time in milliseconds. */
  readonly now?: () => number;
  /** Told how many requests GitHub still allows this hour, when it says so. */
  readonly onRemaining?: (requests: number) => void;
}

/** Requests through an Octokit. */
export function octokitTransport(octokit: OctokitLike, options: TransportOptions = {}): Transport {
  const { session = openSession, now = Date.now, onRemaining } = options;
  return (call) => {
    const kind = isWrite(call) ? 'write' : 'read';
    const once = () =>
      session.send(kind, async (authorization) => {
        const headers = authorization === undefined ? {} : { headers: { authorization } };
        try {
          return await (call.kind === 'query'
            ? query(octokit, call, headers)
            : request(octokit, call, headers, onRemaining));
        } catch (error) {
          throw timedOut(error) ?? toGitHubError(error, now());
        }
      });
    return kind === 'write' ? once() : repeated(once);
  };
}

/** Whether a request changes something at GitHub. */
export function isWrite(call: Call): boolean {
  return call.kind === 'query' ? /^\s*mutation\b/.test(call.text) : call.kind === 'write';
}

interface RawAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

async function request(
  octokit: OctokitLike,
  call: RestCall,
  headers: object,
  onRemaining: TransportOptions['onRemaining'],
): Promise<Answer> {
  // Octokit's own signature is too deep to be passed through; `client.ts` regains it.
  const send = octokit.request as unknown as (route: string, parameters: object) => Promise<RawAnswer>;
  const asText = call.asText === true && call.kind === 'read';
  const how = { retries: 0, signal: AbortSignal.timeout(requestTimeoutMs), parseSuccessResponseBody: !asText };
  const answer = await send(call.route, { ...call.parameters, ...headers, request: how });
  const remaining = Number(answer.headers?.['x-ratelimit-remaining'] ?? Number.NaN);
  if (Number.isFinite(remaining)) onRemaining?.(remaining);
  const data = asText ? await textOf(answer.data) : answer.data;
  const cursor = nextCursor(answer.headers?.['link']);
  if (!isJson(answer.status, data))
    throw new GitHubError('unavailable', `${call.route}: the answer is not JSON`, { status: answer.status });
  return { data, ...(cursor === undefined ? {} : { cursor }) };
}

async function textOf(body: unknown): Promise<string> {
  return body instanceof ReadableStream ? new Response(body).text() : '';
}

/** A proxy or a page of maintenance answers 200 with something else; whether GitHub did what was asked is not known. */
function isJson(status: number, data: unknown): boolean {
  if (status === 204 || status === 205) return true;
  return typeof data === 'string' ? /^\s{0,100}[[{]/.test(data) : typeof data === 'object' && data !== null;
}

/** `<https://...?cursor=abc>; rel="next"`: GitHub makes the cursor, and nobody else knows how. */
function nextCursor(link: unknown): string | undefined {
  const next = typeof link === 'string' ? /<([^<>]{1,2000})>; rel="next"/.exec(link)?.[1] : undefined;
  if (next === undefined || !URL.canParse(next)) return undefined;
  return new URL(next).searchParams.get('cursor') ?? undefined;
}

async function query(octokit: OctokitLike, { text, variables }: QueryCall, headers: object): Promise<Answer> {
  try {
    const data = await octokit.graphql<Record<string, unknown> | undefined>(text, {
      ...variables,
      ...headers,
      request: { retries: 0, signal: AbortSignal.timeout(requestTimeoutMs) },
    });
    if (typeof data === 'object' && data !== null) return { data };
  } catch (error) {
    const partial = partialAnswer(error);
    if (partial) return partial;
    throw error;
  }
  throw new GitHubError('unavailable', 'POST /graphql: the answer is not JSON');
}

/** GraphQL answers 200 with `errors`; where only some of what was asked is missing, the rest is usable. */
function partialAnswer(thrown: unknown): Answer | undefined {
  if (!(thrown instanceof Error) || thrown.name !== 'GraphqlResponseError') return undefined;
  const { data, errors, headers } = thrown as Error & { data?: unknown; errors?: unknown; headers?: Fields };
  const list = (Array.isArray(errors) ? errors : []).map((entry: Record<string, unknown>) => ({
    type: String(entry['type'] ?? ''),
    path: Array.isArray(entry['path']) ? entry['path'].join('.') : '',
    message: String(entry['message'] ?? ''),
  }));
  const message = list.map((entry) => entry.message).join('; ') || 'the query failed';
  if (list.some((entry) => entry.type === 'RATE_LIMITED'))
    throw new GitHubError('rate-limited', message, untilReset(headers));
  if (typeof data === 'object' && data !== null) return { data, errors: list };
  if (list.some((entry) => entry.type === 'NOT_FOUND')) throw new GitHubError('gone', message);
  if (list.some((entry) => entry.type === 'FORBIDDEN')) throw new GitHubError('forbidden', message);
  throw new GitHubError(
    /something went wrong|timeout|timed out/i.test(message) ? 'unavailable' : 'unexpected',
    message,
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** A limit in an answer of 200 names its end in the same header as any other. */
function untilReset(headers: Fields | undefined): { readonly retryAfterMs?: number } {
  const reset = Number(headers?.['x-ratelimit-reset'] ?? Number.NaN) * 1_000;
  return Number.isFinite(reset) ? { retryAfterMs: Math.max(1_000, reset - Date.now() + 1_000) } : {};
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
