/**
 * Tickets in BullMQ: handed out in their order, each to one process, which holds it under a lock that it renews. A process
 * that dies renews nothing, and BullMQ hands its tickets out again. What a ticket stands for is in `lanes.ts`.
 */
import { randomUUID } from 'node:crypto';
import { type Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Ticket } from './lanes.ts';

/** A ticket that this process holds. */
export interface HeldTicket extends Ticket {
  readonly job: Job;
  readonly token: string;
}

export interface TicketOptions {
  readonly redis: Redis;
  readonly slot: string;
  /** How long a lock lasts that is not renewed. */
  readonly leaseMs: number;
  readonly onFault: (error: unknown) => void;
}

const name = 'tickets';
/** How long one question for a ticket waits for one, in seconds. */
const patienceSeconds = 5;
/** BullMQ fails what stalls too often; here the lane counts. */
const anyNumber = 1_000_000;

export class Tickets {
  readonly #options: TicketOptions;
  readonly #queue: Queue;
  #worker: Worker | undefined;

  constructor(options: TicketOptions) {
    this.#options = options;
    this.#queue = new Queue(name, {
      connection: options.redis,
      prefix: options.slot,
      streams: { events: { maxLen: 100 } },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.#queue.on('error', () => undefined);
  }

  /** Hands tickets to BullMQ; one that it has already is left as it is. */
  async add(tickets: readonly Ticket[]): Promise<void> {
    if (tickets.length === 0) return;
    await this.#queue.addBulk(tickets.map(({ id, kind, of }) => ({ name: kind, data: { of }, opts: { jobId: id } })));
  }

  async remove(id: string): Promise<void> {
    await this.#queue.remove(id);
  }

  /** Those that BullMQ does not have. */
  async missing(tickets: readonly Ticket[]): Promise<readonly Ticket[]> {
    const missing: Ticket[] = [];
    for (const ticket of tickets) if (!(await this.#queue.getJob(ticket.id))) missing.push(ticket);
    return missing;
  }

  /** Waits a few seconds for a ticket; undefined when none came. */
  async next(): Promise<HeldTicket | undefined> {
    this.#worker ??= await this.#startWorker();
    const token = randomUUID();
    const job = await this.#worker.getNextJob(token);
    if (!job) return undefined;
    const kind = job.name === 'clean' ? 'clean' : 'lane';
    return { id: job.id ?? '', kind, of: String((job.data as { readonly of?: unknown }).of), job, token };
  }

  async #startWorker(): Promise<Worker> {
    const { redis, slot, leaseMs, onFault } = this.#options;
    const worker = new Worker(name, null, {
      connection: redis,
      prefix: slot,
      autorun: false,
      drainDelay: patienceSeconds,
      lockDuration: leaseMs,
      stalledInterval: Math.ceil(leaseMs / 2),
      maxStalledCount: anyNumber,
    });
    worker.on('error', onFault);
    await worker.startStalledCheckTimer();
    return worker;
  }

  /** Renews the locks; answers the ids of those that were lost. */
  async renew(held: readonly HeldTicket[]): Promise<readonly string[]> {
    if (held.length === 0 || !this.#worker) return [];
    const ids = held.map(({ id }) => id);
    const tokens = held.map(({ token }) => token);
    return (await this.#worker.extendJobLocks(ids, tokens, this.#options.leaseMs)) ?? [];
  }

  /** The ticket is used up. */
  async done({ job, token }: HeldTicket): Promise<void> {
    await job.moveToCompleted(0, token, false);
  }

  /** The ticket is good again after this time. */
  async delay({ job, token }: HeldTicket, delayMs: number): Promise<void> {
    await job.moveToDelayed(Date.now() + delayMs, token);
  }

  /** Gives the ticket back, for whoever asks next. */
  async giveBack({ job, token }: HeldTicket): Promise<void> {
    await job.moveToWait(token);
  }

  async close(): Promise<void> {
    // By force: whoever runs something was waited for.
    await this.#worker?.close(true);
    await this.#queue.close();
  }
}
