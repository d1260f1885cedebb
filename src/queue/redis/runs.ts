/** What this process runs: from a ticket to the end of its job. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultRetryPolicy } from '../backoff.ts';
import type { JobContext } from '../job.ts';
import { reasonOf, verdictOn } from '../task.ts';
import type { Lanes, Taken, Ticket } from './lanes.ts';
import type { RedisQueueOptions } from './options.ts';
import type { HeldTicket, Tickets } from './tickets.ts';

/** A job whose process has gone this often is what ends it. */
const mostInterruptions = 25;

interface Run {
  readonly ticket: HeldTicket;
  /** The name under which the lane is held. */
  readonly name: string;
  readonly abort: AbortController;
}

export class Runs<P> {
  readonly #options: RedisQueueOptions<P>;
  readonly #lanes: Lanes;
  readonly #tickets: Tickets;
  readonly #handOut: (tickets: readonly Ticket[]) => Promise<void>;
  readonly #isEnding: () => boolean;
  readonly #all = new Set<Run>();

  constructor(
    options: RedisQueueOptions<P>,
    lanes: Lanes,
    tickets: Tickets,
    handOut: (tickets: readonly Ticket[]) => Promise<void>,
    isEnding: () => boolean,
  ) {
    this.#options = options;
    this.#lanes = lanes;
    this.#tickets = tickets;
    this.#handOut = handOut;
    this.#isEnding = isEnding;
  }

  /** Does what the ticket stands for. Rejects when Redis is out of reach for long: the ticket comes again then. */
  async use(ticket: HeldTicket): Promise<void> {
    const run: Run = { ticket, name: randomUUID(), abort: new AbortController() };
    this.#all.add(run);
    try {
      await (ticket.kind === 'clean' ? this.#clean(ticket) : this.#start(run));
    } finally {
      this.#all.delete(run);
    }
  }

  /** Renews what is held; what was lost is aborted. */
  async renew(): Promise<void> {
    const lost = await this.#tickets.renew([...this.#all].map(({ ticket }) => ticket));
    for (const { ticket, abort } of this.#all)
      if (lost.includes(ticket.id)) abort.abort(new Error('the job was taken over by another process'));
  }

  /** Leaves what runs to other processes. */
  async letGo(): Promise<void> {
    // One that is lost does not keep the others; whatever is not given back is handed out again after its lease.
    for (const run of this.#all) await this.#passOn(run).catch((fault) => this.#fault(fault));
  }

  async #passOn({ ticket, name, abort }: Run): Promise<void> {
    if (abort.signal.aborted) return;
    abort.abort(new Error('the process is ending'));
    if (ticket.kind === 'lane') await this.#lanes.letGo(ticket.of, name);
    await this.#tickets.giveBack(ticket);
  }

  async #clean(ticket: HeldTicket): Promise<void> {
    const text = await this.#lanes.left(ticket.of);
    const payload = text === undefined ? undefined : this.#options.decode(JSON.parse(text));
    if (payload !== undefined) await this.#options.onReplaced?.(payload).catch((fault) => this.#fault(fault));
    await insistently(() => this.#lanes.cleaned(ticket.of, ticket.id));
    await this.#tickets.done(ticket);
  }

  async #start(run: Run): Promise<void> {
    const { outcome, tickets } = await this.#lanes.take(run.ticket.of, run.ticket.id, run.name);
    await this.#handOut(tickets);
    if (!outcome) return this.#tickets.done(run.ticket);
    const payload = this.#options.decode(JSON.parse(outcome.payload));
    if (payload === undefined) return this.#bury(run, new Error('the stored job cannot be read'));
    try {
      if (outcome.interrupted > mostInterruptions)
        throw new Error('the processes that ran the job have gone too often');
      await this.#options.handler(payload, this.#contextOf(run, outcome));
    } catch (error) {
      return this.#failed(run, outcome, payload, error);
    }
    await this.#ended(run);
  }

  #contextOf({ ticket, name, abort }: Run, taken: Taken): JobContext {
    const { signal } = abort;
    return {
      id: taken.id,
      attempt: taken.attempt,
      resumed: taken.begun,
      signal,
      holds: async () => !signal.aborted && (await this.#lanes.holds(ticket.of, name)),
    };
  }

  async #failed(run: Run, taken: Taken, payload: P, error: unknown): Promise<void> {
    // The process ends or lost the job, and what it takes along fails: another one goes on.
    if (run.abort.signal.aborted) return;
    if (this.#isEnding()) return this.#passOn(run);
    const { delayMs, waits } = verdictOn(error, taken, this.#options.retry ?? defaultRetryPolicy);
    if (delayMs === undefined) return this.#giveUp(run, payload, error);
    const { outcome, tickets } = await insistently(() => this.#lanes.postpone(run.ticket.of, run.name, waits));
    await this.#handOut(tickets);
    if (outcome !== 'postponed') return this.#tickets.done(run.ticket);
    this.#options.onRetry?.(payload, error, delayMs);
    await this.#tickets.delay(run.ticket, delayMs);
  }

  async #giveUp(run: Run, payload: P, error: unknown): Promise<void> {
    // Where another job of the key waits, the verdict is its business.
    if ((await this.#lanes.waiting(run.ticket.of)) !== undefined) {
      await this.#options.onReplaced?.(payload).catch((fault) => this.#fault(fault));
      return this.#ended(run);
    }
    await this.#options.onGivenUp?.(payload, error).catch((fault) => this.#fault(fault));
    // The end may have begun while the clean-up was made, which then may have failed for it.
    if (this.#isEnding()) return this.#passOn(run);
    if (!run.abort.signal.aborted) await this.#bury(run, error);
  }

  async #bury(run: Run, error: unknown): Promise<void> {
    await this.#ended(run, reasonOf(error) || 'unknown');
  }

  async #ended({ ticket, name }: Run, reason?: string): Promise<void> {
    await this.#handOut(await insistently(() => this.#lanes.end(ticket.of, name, reason)));
    await this.#tickets.done(ticket);
  }

  #fault(error: unknown): void {
    this.#options.onFault?.(error);
  }
}

/** What was done must be said: while Redis is away, it is said again. Each change can be made twice without harm. */
async function insistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 20) throw error;
      await sleep(500);
    }
  }
}
