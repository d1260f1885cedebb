/** What is kept in Redis about jobs, as typed questions and changes. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type DeadJob, type Enqueued, keptDeadJobs, type QueueFigures } from '../job.ts';
import { laneScripts } from './lane-scripts.ts';
import { type Script, script } from './script.ts';

/** Stands in BullMQ for a lane whose job may start, or for a job whose traces are to be removed. */
export interface Ticket {
  readonly id: string;
  readonly kind: 'lane' | 'clean';
  /** The key of the lane, or the id of the job. */
  readonly of: string;
}

export interface NewJob {
  readonly key: string;
  readonly payload: string;
  readonly group: string;
  /** Jobs that may wait; undefined: any number. */
  readonly most: number | undefined;
  readonly once: string | undefined;
}

export interface Taken {
  readonly id: string;
  readonly payload: string;
  readonly attempt: number;
  readonly waits: number;
  readonly begun: boolean;
  /** How often a process that ran it has gone. */
  readonly interrupted: number;
}

/** A change, and the tickets that it brings. */
export interface Changed<T> {
  readonly outcome: T;
  readonly tickets: readonly Ticket[];
}

type Scripts = Readonly<Record<keyof typeof laneScripts, Script>>;

export class Lanes {
  readonly #redis: Redis;
  readonly #slot: string;
  readonly #run: Scripts;

  constructor(redis: Redis, slot: string) {
    this.#redis = redis;
    this.#slot = slot;
    const entries = Object.entries(laneScripts).map(([name, lua]) => [name, script(redis, slot, lua)]);
    this.#run = Object.fromEntries(entries) as Scripts;
  }

  /** Stores a job. `dropped`: a ticket that stands for nothing any more. */
  async put(job: NewJob): Promise<Changed<{ readonly enqueued: Enqueued; readonly dropped: string }>> {
    const { key, payload, group, most = -1, once = '' } = job;
    const words = await this.#run.put(key, randomUUID(), payload, group, Date.now(), most, once);
    const [enqueued = '', dropped = ''] = words;
    return { outcome: { enqueued: enqueued as Enqueued, dropped }, tickets: ticketsIn(words, 2) };
  }

  /** The job that `ticket` allows to be run, by whoever calls himself `run`; undefined when it stands for nothing. */
  async take(key: string, ticket: string, run: string): Promise<Changed<Taken | undefined>> {
    const words = await this.#run.take(key, ticket, run, Date.now());
    if (words[0] !== 'run') return { outcome: undefined, tickets: ticketsIn(words, 1) };
    const [, id = '', payload = '', attempt, waits, begun, interrupted] = words;
    const counts = { attempt: Number(attempt), waits: Number(waits), interrupted: Number(interrupted) };
    return { outcome: { id, payload, begun: begun === '1', ...counts }, tickets: ticketsIn(words, 7) };
  }

  /** The job was done, or given up for a reason. Changes nothing when another one has taken it over. */
  async end(key: string, run: string, reason?: string): Promise<readonly Ticket[]> {
    return ticketsIn(await this.#run.end(key, run, reason ?? '', Date.now(), keptDeadJobs), 1);
  }

  async postpone(key: string, run: string, waits: boolean): Promise<Changed<'postponed' | 'ended' | 'lost'>> {
    const words = await this.#run.postpone(key, run, waits ? 1 : 0);
    return { outcome: words[0] as 'postponed' | 'ended' | 'lost', tickets: ticketsIn(words, 1) };
  }

  async letGo(key: string, run: string): Promise<void> {
    await this.#run.letGo(key, run);
  }

  async holds(key: string, run: string): Promise<boolean> {
    return (await this.#redis.hget(`${this.#slot}:lane:${key}`, 'run')) === run;
  }

  /** The payload of a job whose traces are to be removed; undefined when they were. */
  async left(id: string): Promise<string | undefined> {
    return (await this.#redis.hget(this.#job(id), 'payload')) ?? undefined;
  }

  async cleaned(id: string, ticket: string): Promise<void> {
    await this.#run.cleaned(id, ticket);
  }

  async heartbeat(process: string, places: number, lifeMs: number): Promise<readonly Ticket[]> {
    return ticketsIn(await this.#run.heartbeat(process, places, lifeMs), 1);
  }

  async leave(process: string, places: number): Promise<void> {
    await this.#redis.zrem(`${this.#slot}:workers`, `${process}:${places}`);
  }

  /** All tickets that are out. */
  async outstanding(): Promise<readonly Ticket[]> {
    const all = await this.#redis.hgetall(`${this.#slot}:tickets`);
    return Object.entries(all).map(([id, of]) => ticketOf(id, of));
  }

  async has(key: string): Promise<boolean> {
    return (await this.#redis.exists(`${this.#slot}:lane:${key}`)) === 1;
  }

  async waiting(key: string): Promise<string | undefined> {
    const id = await this.#redis.hget(`${this.#slot}:lane:${key}`, 'waiting');
    return id === null ? undefined : this.left(id);
  }

  async figures(now: number): Promise<Omit<QueueFigures, 'open'> & { readonly tickets: number }> {
    const [waiting, running, dead, tickets, oldest] = await Promise.all([
      this.#redis.zcard(`${this.#slot}:waiting`),
      this.#redis.zcard(`${this.#slot}:running`),
      this.#redis.zcard(`${this.#slot}:dead`),
      this.#redis.hlen(`${this.#slot}:tickets`),
      this.#redis.zrange(`${this.#slot}:waiting`, '0', '0'),
    ]);
    const since = oldest[0] === undefined ? null : await this.#redis.hget(this.#job(oldest[0]), 'since');
    return { waiting, running, dead, tickets, oldestMs: since === null ? 0 : Math.max(0, now - Number(since)) };
  }

  /** What was given up, newest first, payloads as text. */
  async dead(): Promise<readonly DeadJob<string>[]> {
    const found: DeadJob<string>[] = [];
    for (const id of await this.#redis.zrevrange(`${this.#slot}:dead`, '0', '-1')) {
      const [key, payload, reason, at] = await this.#redis.hmget(this.#job(id), 'key', 'payload', 'reason', 'at');
      if (typeof key === 'string' && typeof payload === 'string')
        found.push({ job: { id, key, payload }, reason: reason ?? '', at: Number(at) });
    }
    return found;
  }

  async replay(id: string, group: string): Promise<Changed<boolean>> {
    const words = await this.#run.replay(id, randomUUID(), Date.now(), group);
    return { outcome: words[0] !== 'none', tickets: ticketsIn(words, 2) };
  }

  #job(id: string): string {
    return `${this.#slot}:job:${id}`;
  }
}

/** Pairs after `from` words. */
function ticketsIn(words: readonly string[], from: number): readonly Ticket[] {
  const tickets: Ticket[] = [];
  for (let at = from; at + 1 < words.length; at += 2) tickets.push(ticketOf(words[at] ?? '', words[at + 1] ?? ''));
  return tickets;
}

/** Scripts name them `t12` and `c13`. */
function ticketOf(id: string, of: string): Ticket {
  return { id, kind: id.startsWith('c') ? 'clean' : 'lane', of };
}
