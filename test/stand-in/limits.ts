/** GitHub's limits on an installation: content that is created in a minute, and the patience of the secondary limit. */
import { ApiError, type Reply } from './http.ts';

/** Creates in any 60 seconds (GitHub's documentation: 80). */
const createsPerMinute = 80;

export class Limits {
  #pausedUntil = 0;
  readonly #creates: number[] = [];
  /** Requests that came while the installation was told to wait. */
  disobeyed = 0;
  /** The most creates that fell into one minute. */
  busiestMinute = 0;

  /** From now on, for this long, every request of the installation is refused. */
  pause(ms: number): void {
    this.#pausedUntil = Date.now() + ms;
  }

  /** As if a minute had passed: what was created before does not count any more. */
  passMinute(): void {
    this.#creates.length = 0;
    this.#pausedUntil = 0;
  }

  /** The refusal of a request of the installation; undefined when it may go on. */
  refusal(method: string, graphql: boolean): Reply | undefined {
    const now = Date.now();
    if (method !== 'GET' && !graphql) this.#count(now);
    const over = this.#creates.length > createsPerMinute;
    if (now >= this.#pausedUntil && !over) return undefined;
    this.disobeyed++;
    const left = Math.max(this.#pausedUntil - now, over ? 60_000 : 0);
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    return {
      status: new ApiError(403, message).status,
      body: { message, documentation_url: 'https://docs.github.com/rest' },
      headers: { 'retry-after': String(Math.ceil(left / 1_000)) },
    };
  }

  #count(now: number): void {
    this.#creates.push(now);
    while ((this.#creates[0] ?? now) < now - 60_000) this.#creates.shift();
    this.busiestMinute = Math.max(this.busiestMinute, this.#creates.length);
  }
}
