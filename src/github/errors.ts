/**
 * Everything that can go wrong between us and GitHub, as one class. `code` says what it means, `retryable` whether the
 * same work can succeed later; both are decided here and nowhere else.
 */

export type GitHubErrorCode =
  /** 401: the token or the app's key is not accepted. */
  | 'unauthorized'
  /** 403 that is no rate limit: a permission is missing, or the installation is suspended. */
  | 'forbidden'
  /** 403 or 429 with the signs of the primary or a secondary rate limit, or 422 for content that came too fast. */
  | 'rate-limited'
  /** 404 or 410: the repository, the pull request or the head is gone, or hidden from us. */
  | 'gone'
  /** 409: the thing is in a state that does not allow it now; 422 for a commit that GitHub does not know yet. */
  | 'conflict'
  /** 422: GitHub read the request and refuses it. */
  | 'refused'
  /** 406 or 422 to a question for a diff: GitHub does not make it, since it is too large. */
  | 'too-large'
  /** 5xx: GitHub is in trouble; what was asked may or may not have been done. */
  | 'unavailable'
  /** No answer: refused, reset or timed out connection. What was asked may or may not have been done. */
  | 'unreachable'
  /** An answer that is not what GitHub documents. */
  | 'unexpected'
  /** The pull request has a newer head than the one to review. */
  | 'superseded';

const retryableCodes: ReadonlySet<GitHubErrorCode> = new Set([
  // A token that died or was revoked has been replaced by then; a new one is not known everywhere at once.
  'unauthorized',
  'rate-limited',
  'conflict',
  'unavailable',
  'unreachable',
]);

export interface GitHubErrorDetails {
  readonly status?: number | undefined;
  /** Milliseconds that GitHub asks us to wait. */
  readonly retryAfterMs?: number | undefined;
  /** GitHub's own sentences, without the request. */
  readonly reasons?: readonly string[] | undefined;
  /** `PATCH /repos/o/r/...`, without query. */
  readonly request?: string | undefined;
}

export class GitHubError extends Error {
  readonly code: GitHubErrorCode;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly reasons: readonly string[];
  readonly request: string | undefined;

  constructor(code: GitHubErrorCode, message: string, details: GitHubErrorDetails = {}) {
    super(message);
    this.name = 'GitHubError';
    this.code = code;
    this.retryable = retryableCodes.has(code);
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.reasons = details.reasons ?? [];
    this.request = details.request;
  }

  /** Whether nothing failed and only time has to pass: such a failure does not count as an attempt. */
  get waits(): boolean {
    return this.code === 'rate-limited';
  }

  /** Whether GitHub may have done what was asked although no success was reported. */
  get mayHaveHappened(): boolean {
    return this.code === 'unavailable' || this.code === 'unreachable';
  }
}

/**
 * Turns what Octokit threw into a `GitHubError`; one that already is passes through. `now` is the time in milliseconds,
 * for the reset time of the primary limit. The request's body, headers and query are left behind.
 */
export function toGitHubError(thrown: unknown, now: number): GitHubError {
  if (thrown instanceof GitHubError) return thrown;
  const { status, response, message, request } = read(thrown);
  const details = { status: response ? status : undefined, reasons: reasonsOf(response?.data), request };
  const text = `${request ? `${request}: ` : ''}${sentence(response?.data) ?? message}`;
  if (!response)
    return status === undefined
      ? new GitHubError('unexpected', text, details)
      : new GitHubError('unreachable', text, details);
  const limit = rateLimit(response, status, now);
  if (limit) return new GitHubError('rate-limited', text, { ...details, ...limit });
  const code = isDiffTooLarge(response, status)
    ? 'too-large'
    : isNotThereYet(response, status)
      ? 'conflict'
      : codeOf(status);
  return new GitHubError(code, missingPermission(response, request) ?? text, details);
}

/** What an owner can do about a 403: GitHub's own words name neither the permission nor the place to grant it. */
function missingPermission({ headers, data }: Response, request: string | undefined): string | undefined {
  if (!/resource not accessible by/i.test(sentence(data) ?? '')) return undefined;
  const needed = acceptedPermission(headers['x-accepted-github-permissions']) ?? permissionFor(request ?? '');
  const wanted = needed === undefined ? 'the permission that is missing' : `\`${needed}\``;
  return `${request ?? 'GitHub'} is not permitted: grant ${wanted} in the App's settings, and accept it for the installation`;
}

/** `pull_requests=write; issues=read,contents=read`: the first way that would do. */
function acceptedPermission(header: unknown): string | undefined {
  if (typeof header !== 'string' || !/^[\w=,; ]{1,300}$/.test(header)) return undefined;
  const [first = ''] = header.split(';');
  return first.trim() === '' ? undefined : first.trim().replaceAll('=', ': ').replaceAll(',', ', ');
}

const permissionsOfPaths = [
  [/\/check-(runs|suites)/, 'checks'],
  [/\/pulls(\/|$)/, 'pull_requests'],
  [/\/issues\//, 'issues'],
  [/\/(compare|git|contents)\/|\/graphql$/, 'contents'],
] as const;

function permissionFor(request: string): string | undefined {
  const found = permissionsOfPaths.find(([path]) => path.test(request));
  const level = request.startsWith('GET ') || request.endsWith('/graphql') ? 'read' : 'write';
  return found && `${found[1]}: ${level}`;
}

/** GitHub says so with either status, and in the words of a validation. */
function isDiffTooLarge({ data }: Response, status: number | undefined): boolean {
  if (status === 406) return true;
  return status === 422 && /\bdiff\b.*\b(too long|too large|exceeded|unavailable)\b/i.test(sentence(data) ?? '');
}

/** The head of a fork is known a moment later than its pull request: `No commit found for SHA: ...`. */
function isNotThereYet({ data }: Response, status: number | undefined): boolean {
  return status === 422 && /^no commit found for sha/i.test(sentence(data) ?? '');
}

function codeOf(status: number | undefined): GitHubErrorCode {
  if (status === 401) return 'unauthorized';
  if (status === 403 || status === 451) return 'forbidden';
  if (status === 404 || status === 410) return 'gone';
  if (status === 409) return 'conflict';
  if (status === 422) return 'refused';
  if (status !== undefined && status >= 500) return 'unavailable';
  return 'unexpected';
}

interface Response {
  readonly headers: Record<string, unknown>;
  readonly data: unknown;
}

/** The wait that a rate limit asks for, without a time when it names none; undefined when it is no rate limit. */
function rateLimit(
  response: Response,
  status: number | undefined,
  now: number,
): { readonly retryAfterMs?: number } | undefined {
  const tooFast = tooQuickly.test(sentence(response.data) ?? '');
  if (status !== 403 && status !== 429 && !(status === 422 && tooFast)) return undefined;
  const retryAfter = Number(response.headers['retry-after']);
  if (Number.isFinite(retryAfter) && response.headers['retry-after'] !== undefined)
    return { retryAfterMs: Math.max(0, retryAfter) * 1_000 };
  if (String(response.headers['x-ratelimit-remaining']) === '0') {
    const reset = Number(response.headers['x-ratelimit-reset']) * 1_000;
    return Number.isFinite(reset) ? { retryAfterMs: Math.max(1_000, reset - now + 1_000) } : {};
  }
  const secondary = /secondary rate limit|abuse detection/i.test(sentence(response.data) ?? '');
  return status === 429 || secondary || tooFast ? {} : undefined;
}

/** Of comments that came too fast, as a validation of the review or as a limit. */
const tooQuickly = /submitted too quickly/i;

interface Thrown {
  readonly status: number | undefined;
  readonly response: Response | undefined;
  readonly message: string;
  readonly request: string | undefined;
}

/** Reads the fields of Octokit's RequestError without trusting that it is one. */
function read(thrown: unknown): Thrown {
  const record = asRecord(thrown) ?? {};
  const response = asRecord(record['response']);
  const request = asRecord(record['request']);
  const url = typeof request?.['url'] === 'string' ? pathOf(request['url']) : undefined;
  return {
    status: typeof record['status'] === 'number' ? record['status'] : undefined,
    response: response && { headers: asRecord(response['headers']) ?? {}, data: response['data'] },
    message: thrown instanceof Error ? thrown.message : String(thrown),
    request: url && `${String(request?.['method'] ?? 'GET')} ${url}`,
  };
}

function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/\?.*$/s, '');
}

function sentence(data: unknown): string | undefined {
  const message = asRecord(data)?.['message'];
  if (typeof message !== 'string') return undefined;
  const reasons = reasonsOf(data);
  return reasons.length > 0 ? `${message}: ${reasons.join('; ')}` : message;
}

/** The entries of `errors`: the review endpoint answers plain strings, the others objects with a message. */
function reasonsOf(data: unknown): readonly string[] {
  const errors = asRecord(data)?.['errors'];
  if (typeof errors === 'string') return [errors];
  if (!Array.isArray(errors)) return [];
  return errors.map((entry) => {
    if (typeof entry === 'string') return entry;
    const { message, field, code } = asRecord(entry) ?? {};
    return typeof message === 'string' ? message : [field, code].filter((part) => typeof part === 'string').join(' ');
  });
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
