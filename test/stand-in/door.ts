/**
 * A way into the stand-in for one process. When it is shut, that process is dead to the world: what it sends from then on
 * reaches nobody, as after `kill -9`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Blow {
  /** Number of the request at which it falls, from 1. */
  readonly at: number;
  /** Before GitHub did what was asked, or after it did and before it answered. */
  readonly when: 'before' | 'after';
}

export type Serve = (request: IncomingMessage, response: ServerResponse, door: Door) => Promise<void>;

export class Door {
  readonly #server: Server;
  readonly #blow: Blow | undefined;
  #count = 0;
  #shut = false;
  #onShut: () => void = () => undefined;
  /** Resolves when the blow fell. */
  readonly fallen: Promise<void>;

  private constructor(serve: Serve, blow: Blow | undefined) {
    this.#blow = blow;
    this.fallen = new Promise((resolve) => {
      this.#onShut = resolve;
    });
    this.#server = createServer((request, response) => void serve(request, response, this));
  }

  static async open(serve: Serve, blow?: Blow): Promise<Door> {
    const door = new Door(serve, blow);
    await new Promise<void>((resolve) => door.#server.listen(0, '127.0.0.1', resolve));
    return door;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Requests that came in. */
  get count(): number {
    return this.#count;
  }

  get isShut(): boolean {
    return this.#shut;
  }

  /** Called before a request is done: whether it may be. */
  enter(): boolean {
    if (this.#shut) return false;
    this.#count++;
    if (this.#blow?.when === 'before' && this.#count >= this.#blow.at) this.shut();
    return !this.#shut;
  }

  /** Called when a request was done: whether it may be answered. */
  leave(): boolean {
    if (this.#blow?.when === 'after' && this.#count >= this.#blow.at) this.shut();
    return !this.#shut;
  }

  shut(): void {
    this.#shut = true;
    this.#onShut();
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
