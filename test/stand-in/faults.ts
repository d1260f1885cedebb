/** Trouble on demand: what goes wrong with which route, how often. */
import type { Reply } from './http.ts';

export type Fault =
  /** Answered instead of doing what was asked. */
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** The connection is cut before anything was done. */
  | { readonly kind: 'reset' }
  /** What was asked is done, then the connection is cut. */
  | { readonly kind: 'reset-after' }
  /** What was asked is done, then something else is answered. */
  | { readonly kind: 'reply-after'; readonly reply: Reply }
  /** The answer waits until the promise is fulfilled. */
  | { readonly kind: 'wait'; readonly until: Promise<void>; readonly onReached?: () => void };

interface Planned {
  readonly route: string;
  readonly fault: Fault;
  left: number;
}

export class Faults {
  #planned: Planned[] = [];

  /** The next `times` requests to `route` (e.g. `POST /graphql`) meet the fault. */
  add(route: string, fault: Fault, times = 1): void {
    this.#planned.push({ route, fault, left: times });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault that the next request to `route` meets, if any; it is used up by asking. */
  take(route: string): Fault | undefined {
    const planned = this.#planned.find((entry) => entry.route === route && entry.left > 0);
    if (planned) planned.left--;
    return planned?.fault;
  }
}
