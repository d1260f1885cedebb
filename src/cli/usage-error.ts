/** A command line, configuration or input that cannot be used. Each message is one line; the exit code is 2. */
export class UsageError extends Error {
  /** Further mistakes of the same kind. */
  readonly others: readonly string[];

  constructor(message: string, others: readonly string[] = []) {
    super(message);
    this.name = 'UsageError';
    this.others = others;
  }
}
