/** What GitHub sent to the App, and how that ended. A lost delivery is only sent again when it is asked for. */
import type { Ids } from './state.ts';

export interface Sent {
  readonly id: number;
  readonly guid: string;
  readonly at: string;
  readonly event: string;
  readonly payload: object;
  readonly redelivery: boolean;
  status: string;
}

export type Send = (event: string, payload: object, guid: string) => Promise<Response>;

export class Deliveries {
  readonly sent: Sent[] = [];
  readonly #ids: Ids;
  readonly #send: Send;

  constructor(ids: Ids, send: Send) {
    this.#ids = ids;
    this.#send = send;
  }

  /** Notes a delivery that is made; its answer decides the status. */
  async made(event: string, payload: object, guid: string, redelivery = false): Promise<Response> {
    const entry = this.#note(event, payload, guid, redelivery, 'timed out');
    const answer = await this.#send(event, payload, guid);
    entry.status = answer.ok ? 'OK' : 'Invalid HTTP Response';
    return answer;
  }

  /** Notes a delivery that nobody received. */
  lost(event: string, payload: object, guid: string): void {
    this.#note(event, payload, guid, false, 'failed to connect to host');
  }

  /** Sends a delivery again, in a moment; false when there is none of this id. */
  again(id: number): boolean {
    const sent = this.sent.find((one) => one.id === id);
    if (!sent) return false;
    void this.made(sent.event, sent.payload, sent.guid, true).catch(() => undefined);
    return true;
  }

  #note(event: string, payload: object, guid: string, redelivery: boolean, status: string): Sent {
    const at = new Date().toISOString();
    const entry: Sent = { id: this.#ids.next(), guid, at, event, payload, redelivery, status };
    this.sent.push(entry);
    return entry;
  }
}
