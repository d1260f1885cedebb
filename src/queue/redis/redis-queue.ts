/**
 * The queue of several processes, which share a Redis. What waits and runs is in `lanes.ts`; who runs it next is said by
 * tickets, which BullMQ hands out and, after the death of a process, hands out again. Each process gives its own places.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeadJob, Enqueued, EnqueueOptions, JobQueue, QueueFigures } from '../job.ts';
import { Places } from '../places.ts';
import { Watchers, withinMs } from '../watchers.ts';
import { connect, connectPatiently, type RedisOptions, slotOf } from './connection.ts';
import { Lanes, type Ticket } from './lanes.ts';
import type { RedisQueueOptions } from './options.ts';
import { Runs } from './runs.ts';
import { type HeldTicket, Tickets } from './tickets.ts';

/** Makes a queue on Redis. With a concurrency of 0 it takes in and runs nothing. */
export function redisQueue<P>(options: RedisQueueOptions<P>): JobQueue<P> {
  return new RedisQueue(options);
}

class RedisQueue<P> implements JobQueue<P> {
  readonly #options: RedisQueueOptions<P>;
  readonly #redis: ReturnType<typeof connect>;
  readonly #patient: ReturnType<typeof connect>;
  readonly #lanes: Lanes;
  readonly #tickets: Tickets;
  readonly #runs: Runs<P>;
  readonly #places: Places | undefined;
  readonly #watchers = new Watchers();
  readonly #process = randomUUID();
  readonly #leaseMs: number;
  readonly #maxWaiting: number;
  readonly #closing = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(options: RedisQueueOptions<P>) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#maxWaiting = options.maxWaiting ?? 1_000;
    const redis: RedisOptions = { ...options.redis, onFault: (error) => options.onFault?.(error) };
    this.#redis = connect(redis);
    this.#patient = connectPatiently(redis);
    this.#lanes = new Lanes(this.#redis, slotOf(redis));
    const onFault = (error: unknown): void => this.#fault(error);
    this.#tickets = new Tickets({ redis: this.#patient, slot: slotOf(redis), leaseMs: this.#leaseMs, onFault });
    const handOut = (tickets: readonly Ticket[]) => this.#handOut(tickets);
    this.#runs = new Runs(options, this.#lanes, this.#tickets, handOut, () => this.#closed);
    const places = options.concurrency ?? 2;
    if (places > 0) this.#places = new Places(places, options.placeMs ?? 20_000, () => this.#watchers.notify());
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  async enqueue(key: string, payload: P, { once, follows = false }: EnqueueOptions = {}): Promise<Enqueued> {
    if (this.#closed && !follows) return 'closed';
    const most = follows ? undefined : this.#maxWaiting;
    const group = this.#groupOf(payload);
    const { outcome, tickets } = await this.#lanes.put({ key, payload: JSON.stringify(payload), group, most, once });
    await this.#handOut(tickets);
    if (outcome.dropped !== '') await this.#guarded(() => this.#tickets.remove(outcome.dropped));
    return outcome.enqueued;
  }

  has(key: string): Promise<boolean> {
    return this.#lanes.has(key);
  }

  async waiting(key: string): Promise<P | undefined> {
    return this.#decoded(await this.#lanes.waiting(key));
  }

  async figures(): Promise<QueueFigures> {
    if (this.#redis.status !== 'ready') throw new Error('Redis is out of reach');
    const { tickets: _, ...figures } = await this.#lanes.figures(Date.now());
    return { ...figures, open: !this.#closed && figures.waiting < this.#maxWaiting };
  }

  async dead(): Promise<readonly DeadJob<P>[]> {
    return (await this.#lanes.dead()).flatMap(({ job, ...rest }) => {
      const payload = this.#decoded(job.payload);
      return payload === undefined ? [] : [{ ...rest, job: { ...job, payload } }];
    });
  }

  async replay(id: string): Promise<boolean> {
    const found = (await this.dead()).find(({ job }) => job.id === id);
    if (!found) return false;
    const { outcome, tickets } = await this.#lanes.replay(id, this.#groupOf(found.job.payload));
    await this.#handOut(tickets);
    return outcome;
  }

  async resume(): Promise<number> {
    const { waiting, running } = await this.#lanes.figures(Date.now());
    await this.#beat();
    await this.#mend();
    this.#every(this.#leaseMs / 3, () => this.#beat());
    this.#every(this.#leaseMs, () => this.#mend());
    if (this.#places) void this.#work(this.#places);
    return waiting + running;
  }

  async idle(): Promise<void> {
    for (;;) {
      const { waiting, running, tickets } = await this.#lanes.figures(Date.now());
      if (waiting + running + tickets === 0) return;
      await sleep(20);
    }
  }

  async drain(timeoutMs: number): Promise<boolean> {
    this.#closing.abort();
    for (const timer of this.#timers) clearInterval(timer);
    const renew = setInterval(() => void this.#guarded(() => this.#runs.renew()), this.#leaseMs / 3);
    this.#watchers.notify();
    const ended = await withinMs(
      this.#watchers.when(() => (this.#places?.taken ?? 0) === 0),
      timeoutMs,
    );
    clearInterval(renew);
    await withinMs(this.#goodbye(), 2_000);
    this.#redis.disconnect();
    this.#patient.disconnect();
    return ended;
  }

  async #goodbye(): Promise<void> {
    await this.#guarded(() => this.#runs.letGo());
    await this.#guarded(() => this.#lanes.leave(this.#process, this.#options.concurrency ?? 2));
    await this.#guarded(() => this.#tickets.close());
  }

  /** Takes tickets as long as there are places. */
  async #work(places: Places): Promise<void> {
    while (!this.#closed) {
      await this.#watchers.when(() => this.#closed || places.hasRoom);
      if (this.#closed) return;
      const ticket = await this.#tickets.next().catch(async (error: unknown) => {
        this.#fault(error);
        await sleep(500);
        return undefined;
      });
      if (!ticket) continue;
      if (this.#closed) return this.#guarded(() => this.#tickets.giveBack(ticket));
      void this.#use(places, ticket);
    }
  }

  async #use(places: Places, ticket: HeldTicket): Promise<void> {
    const place = places.take('');
    await this.#guarded(() => this.#runs.use(ticket));
    places.give(place);
    this.#watchers.notify();
  }

  /** Says that this process lives, and keeps what it holds. */
  async #beat(): Promise<void> {
    const places = this.#options.concurrency ?? 2;
    if (places > 0) await this.#handOut(await this.#lanes.heartbeat(this.#process, places, this.#leaseMs));
    await this.#runs.renew();
  }

  /** Tickets that a process which died did not hand over. */
  async #mend(): Promise<void> {
    const out = await this.#lanes.outstanding();
    await this.#handOut(await this.#tickets.missing(out));
  }

  /** What cannot be handed over now is handed over by `#mend`. */
  async #handOut(tickets: readonly Ticket[]): Promise<void> {
    await this.#guarded(() => this.#tickets.add(tickets));
  }

  #every(ms: number, work: () => Promise<void>): void {
    const timer = setInterval(() => void this.#guarded(work), ms);
    timer.unref();
    this.#timers.push(timer);
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => this.#fault(error));
  }

  #fault(error: unknown): void {
    if (!this.#closed) this.#options.onFault?.(error);
  }

  #groupOf(payload: P): string {
    return this.#options.groupOf?.(payload) ?? '';
  }

  #decoded(text: string | undefined): P | undefined {
    return text === undefined ? undefined : this.#options.decode(JSON.parse(text));
  }
}
