/** What the App and the process of a job say to each other: plain data, sent as structured clones. */
import { GitHubError } from '../github/errors.ts';
import type { Answer, Call } from '../github/transport.ts';
import type { Done, Task } from '../github/work.ts';
import type { ReviewRequest } from '../review/ports.ts';

/** What the job asks of the App; each question gets one reply. */
export type Question =
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'login' }
  | { readonly kind: 'note'; readonly request: ReviewRequest }
  | { readonly kind: 'shared'; readonly request: ReviewRequest };

export type ReplyValue = Answer | string | boolean | undefined;

export type FromApp =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'reply'; readonly id: number; readonly value: ReplyValue }
  | { readonly kind: 'refusal'; readonly id: number; readonly error: PlainError };

export type FromJob =
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  | { readonly kind: 'at'; readonly place: string }
  | { readonly kind: 'learn'; readonly login: string }
  | { readonly kind: 'warn'; readonly error: PlainError; readonly message: string }
  | { readonly kind: 'done'; readonly done: Done }
  | { readonly kind: 'failed'; readonly error: PlainError };

/** An error as data. A clone of an `Error` would lose its class and its fields. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly status?: number;
  readonly reasons?: readonly string[];
  readonly request?: string;
}

const maxText = 4_000;

export function plainError(thrown: unknown): PlainError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown).slice(0, maxText) };
  const { name, message, stack } = thrown;
  const plain = { name, message: message.slice(0, maxText), ...(stack ? { stack: stack.slice(0, maxText) } : {}) };
  const { code, retryable, retryAfterMs, status, reasons, request } = thrown as Partial<GitHubError>;
  return {
    ...plain,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof retryable === 'boolean' ? { retryable } : {}),
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(Array.isArray(reasons) ? { reasons: reasons.slice(0, 20).map((one) => String(one).slice(0, maxText)) } : {}),
    ...(typeof request === 'string' ? { request } : {}),
  };
}

/** The error again: of GitHub a `GitHubError`, any other an `Error` with the same name, code and advice to retry. */
export function errorOf(plain: PlainError): Error {
  const { name, message, stack, code, retryable, ...details } = plain;
  if (name === 'GitHubError' && code !== undefined)
    return new GitHubError(code as GitHubError['code'], message, details);
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return Object.assign(error, code === undefined ? {} : { code }, retryable === undefined ? {} : { retryable });
}
