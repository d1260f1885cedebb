/**
 * A wish of the user that cannot be met on this machine: a revision that does not exist, a folder that cannot be read,
 * a path outside the repository. The message is one line that names the thing and, where there is one, the way out.
 */
export class LocalError extends Error {
  readonly code: LocalErrorCode;
  readonly retryable = false;

  constructor(code: LocalErrorCode, message: string) {
    super(message);
    this.name = 'LocalError';
    this.code = code;
  }
}

export type LocalErrorCode =
  | 'git-missing'
  | 'git-failed'
  | 'not-a-repository'
  | 'unknown-revision'
  | 'no-merge-base'
  | 'unreadable-path'
  | 'outside-root';
