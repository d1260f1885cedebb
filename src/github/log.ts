/**
 * The process's log: one JSON object per line on standard output. Errors are reduced to what helps: an error of the
 * webhook library carries the whole payload, and an error of Octokit the request, neither of which belongs in a log.
 */
import { type Logger, pino } from 'pino';
import { GitHubError } from './errors.ts';

export type Log = Logger;

/** Makes the log. `destination` is for tests; default standard output. */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    name: 'goplumber',
    level,
    serializers: { err: describeError, error: describeError },
    // Payloads and secrets have no business here, whoever logs them.
    redact: {
      paths: ['payload', '*.payload', 'event.payload', 'headers', '*.headers', 'request', '*.request'],
      remove: true,
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly status?: number;
  readonly stack?: string;
  readonly errors?: readonly DescribedError[];
}

const maxMessage = 2_000;

/** Name, message, code and stack of an error; nothing else that hangs on it. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error).slice(0, maxMessage) };
  const described = { type: error.name, message: error.message.slice(0, maxMessage) };
  if (error instanceof GitHubError) {
    return { ...described, code: error.code, ...(error.status === undefined ? {} : { status: error.status }) };
  }
  const inner = error instanceof AggregateError ? { errors: error.errors.slice(0, 5).map(describeError) } : {};
  return { ...described, ...(error.stack ? { stack: error.stack.slice(0, 2 * maxMessage) } : {}), ...inner };
}
