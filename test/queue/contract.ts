/** What a queue promises, whichever engine keeps it: a suite that is played over each of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { JobContext, JobQueue, QueueOptions } from '../../src/queue/job.ts';

/** A place where jobs survive their queue: each queue that is opened is another process's. */
export interface Engine {
  open(options: QueueOptions<string>): Promise<JobQueue<string>>;
  /** Forgets everything. */
  clear(): Promise<void>;
}

export const quick = { attempts: 3, firstDelayMs: 5, factor: 2, maxDelayMs: 50 };

export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

const busy = (): Error => Object.assign(new Error('busy'), { retryable: true });
const hopeless = (): Error => Object.assign(new Error('gone'), { retryable: false });

/** The tests; `engine` is asked for when they run. */
export function keepsItsPromises(engine: () => Engine): void {
  const open: JobQueue<string>[] = [];

  async function queueOf(options: QueueOptions<string>): Promise<JobQueue<string>> {
    const queue = await engine().open({ retry: quick, ...options });
    open.push(queue);
    await queue.resume();
    return queue;
  }

  afterEach(async () => {
    await Promise.all(open.splice(0).map((queue) => queue.drain(0)));
    await engine().clear();
  });

  describe('a key', () => {
    it('has one job that runs and one that waits, the newest', async () => {
      const first = gate();
      const seen: string[] = [];
      const queue = await queueOf({
        async handler(payload) {
          seen.push(payload);
          if (payload === 'a') await first.opened;
        },
      });
      expect(await queue.enqueue('pr', 'a')).toBe('queued');
      await expect.poll(() => seen).toEqual(['a']);
      expect(await queue.waiting('pr')).toBeUndefined();
      expect(await queue.enqueue('pr', 'b')).toBe('queued');
      expect(await queue.enqueue('pr', 'c')).toBe('replaced');
      expect(await queue.waiting('pr')).toBe('c');
      expect(await queue.figures()).toMatchObject({ waiting: 1, running: 1, dead: 0, open: true });
      first.open();
      await queue.idle();
      expect(seen).toEqual(['a', 'c']);
      expect(await queue.has('pr')).toBe(false);
    });

    it('goes on with the newer job when the older one fails, and cleans up after it', async () => {
      const seen: string[] = [];
      const replaced: string[] = [];
      const queue = await queueOf({
        retry: { ...quick, firstDelayMs: 60_000, maxDelayMs: 60_000 },
        onReplaced: async (payload) => void replaced.push(payload),
        async handler(payload) {
          seen.push(payload);
          if (payload === 'old') throw busy();
        },
      });
      await queue.enqueue('pr', 'old');
      await expect.poll(() => seen).toEqual(['old']);
      await expect.poll(() => queue.waiting('pr')).toBe('old');
      expect(await queue.enqueue('pr', 'new')).toBe('replaced');
      await queue.idle();
      expect(seen).toEqual(['old', 'new']);
      expect(replaced).toEqual(['old']);
    });

    it('that fails for good while a newer job waits is not given up', async () => {
      const first = gate();
      const told: string[] = [];
      const queue = await queueOf({
        onGivenUp: async (payload) => void told.push(`given up ${payload}`),
        onReplaced: async (payload) => void told.push(`replaced ${payload}`),
        async handler(payload) {
          told.push(payload);
          if (payload !== 'old') return;
          await first.opened;
          throw hopeless();
        },
      });
      await queue.enqueue('pr', 'old');
      await expect.poll(() => told).toEqual(['old']);
      await queue.enqueue('pr', 'new');
      first.open();
      await queue.idle();
      expect(told.sort()).toEqual(['new', 'old', 'replaced old']);
      expect(await queue.dead()).toEqual([]);
    });
  });

  describe('a job', () => {
    it('is tried again where that is worth it, and says which attempt it is', async () => {
      const attempts: Pick<JobContext, 'attempt' | 'resumed'>[] = [];
      const ids = new Set<string>();
      const queue = await queueOf({
        async handler(_, { id, attempt, resumed }) {
          ids.add(id);
          attempts.push({ attempt, resumed });
          if (attempt < 3) throw busy();
        },
      });
      await queue.enqueue('pr', 'flaky');
      await queue.idle();
      expect(attempts).toEqual([
        { attempt: 1, resumed: false },
        { attempt: 2, resumed: true },
        { attempt: 3, resumed: true },
      ]);
      expect(ids.size).toBe(1);
    });

    it('that only waits is not given up, however often it waits', async () => {
      const attempts: number[] = [];
      const queue = await queueOf({
        retry: { attempts: 2, firstDelayMs: 1, factor: 1, maxDelayMs: 1 },
        async handler(_, { attempt }) {
          attempts.push(attempt);
          if (attempts.length < 8) throw Object.assign(busy(), { waits: true, retryAfterMs: 1 });
        },
      });
      await queue.enqueue('pr', 'a');
      await queue.idle();
      expect(attempts).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    });

    it('that is given up can be seen, and tried again as a new one', async () => {
      const given: string[] = [];
      const seen: [string, boolean][] = [];
      let broken = true;
      const queue = await queueOf({
        onGivenUp: async (payload, error) => void given.push(`${payload}: ${(error as Error).message}`),
        async handler(_, { id, resumed }) {
          seen.push([id, resumed]);
          if (broken) throw hopeless();
        },
      });
      await queue.enqueue('pr', 'a');
      await queue.idle();
      expect(given).toEqual(['a: gone']);
      const [dead] = await queue.dead();
      expect(dead).toMatchObject({ job: { key: 'pr', payload: 'a' }, reason: 'Error: gone' });
      expect(Date.now() - (dead?.at ?? 0)).toBeLessThan(3_600_000);
      expect((await queue.figures()).dead).toBe(1);
      broken = false;
      expect(await queue.replay('nobody')).toBe(false);
      expect(await queue.replay(dead?.job.id ?? '')).toBe(true);
      await queue.idle();
      expect(await queue.dead()).toEqual([]);
      expect(seen.map(([, resumed]) => resumed)).toEqual([false, false]);
      expect(new Set(seen.map(([id]) => id)).size).toBe(2);
    });

    it('is taken in once under an id, however often it comes, also after it was done', async () => {
      const seen: string[] = [];
      const queue = await queueOf({ handler: async (payload) => void seen.push(payload) });
      expect(await queue.enqueue('1', 'a', { once: 'delivery' })).toBe('queued');
      expect(await queue.enqueue('1', 'b', { once: 'delivery' })).toBe('repeated');
      await queue.idle();
      expect(await queue.enqueue('2', 'c', { once: 'delivery' })).toBe('repeated');
      expect(seen).toEqual(['a']);
    });
  });

  describe('a full or closed queue', () => {
    it('says so, takes what follows from its jobs, and leaves undone work to the next process', async () => {
      const running = gate();
      const begun: string[] = [];
      const queue = await queueOf({
        concurrency: 1,
        maxWaiting: 1,
        async handler(payload) {
          begun.push(payload);
          await running.opened;
        },
      });
      await queue.enqueue('1', 'a', { once: 'first' });
      await expect.poll(() => begun).toEqual(['a']);
      expect(await queue.enqueue('2', 'b')).toBe('queued');
      expect(await queue.enqueue('3', 'c')).toBe('full');
      expect(await queue.enqueue('4', 'd', { follows: true })).toBe('queued');
      expect((await queue.figures()).open).toBe(false);
      expect(await queue.drain(10)).toBe(false);
      expect(await queue.enqueue('5', 'e')).toBe('closed');

      const seen: [string, boolean][] = [];
      const next = await queueOf({ handler: async (payload, { resumed }) => void seen.push([payload, resumed]) });
      await next.idle();
      expect(seen.map(([payload]) => payload).sort()).toEqual(['a', 'b', 'd']);
      expect(new Map(seen).get('a')).toBe(true);
      expect(await next.enqueue('1', 'a', { once: 'first' })).toBe('repeated');
      running.open();
    });
  });

  describe('a queue that ends', () => {
    it("gives nothing up: what fails with its process is the next one's", async () => {
      const begun = gate();
      const ending = gate();
      const given: string[] = [];
      const queue = await queueOf({
        onGivenUp: async (payload) => void given.push(payload),
        async handler() {
          begun.open();
          await ending.opened;
          throw hopeless();
        },
      });
      await queue.enqueue('pr', 'a');
      await begun.opened;
      const drained = queue.drain(5_000);
      ending.open();
      await drained;
      const seen: [string, boolean][] = [];
      const next = await queueOf({ handler: async (payload, { resumed }) => void seen.push([payload, resumed]) });
      await next.idle();
      expect([seen, given]).toEqual([[['a', true]], []]);
      expect(await next.dead()).toEqual([]);
    });
  });

  describe('places', () => {
    it('are as many as were asked for', async () => {
      const gates = [gate(), gate(), gate()];
      let most = 0;
      let now = 0;
      const seen: string[] = [];
      const queue = await queueOf({
        concurrency: 2,
        async handler(payload) {
          most = Math.max(most, ++now);
          seen.push(payload);
          await gates[Number(payload)]?.opened;
          now--;
        },
      });
      for (const number of ['0', '1', '2']) await queue.enqueue(`pr ${number}`, number);
      await expect.poll(() => seen).toEqual(['0', '1']);
      await sleep(50);
      expect(seen).toEqual(['0', '1']);
      for (const one of gates.toReversed()) one.open();
      await queue.idle();
      expect(most).toBe(2);
      expect(seen).toEqual(['0', '1', '2']);
    });

    it('that slow work holds are freed, and no group takes those of the others', async () => {
      const running: string[] = [];
      const ended = gate();
      const queue = await queueOf({
        concurrency: 2,
        placeMs: 5,
        groupOf: (payload) => payload[0] ?? '',
        async handler(payload) {
          running.push(payload);
          if (payload.startsWith('slow')) await ended.opened;
        },
      });
      for (const payload of ['slow 1', 'slow 2', 'slow 3']) await queue.enqueue(payload, payload);
      for (const payload of ['quick 1', 'quick 2', 'quick 3']) await queue.enqueue(payload, payload);
      await expect.poll(() => running.length).toBe(5);
      expect(running).toEqual(['slow 1', 'slow 2', 'quick 1', 'quick 2', 'quick 3']);
      ended.open();
      await queue.idle();
      expect(running.at(-1)).toBe('slow 3');
    });

    it('are shared out among groups, however much one of them has waiting', async () => {
      const seen: string[] = [];
      const start = gate();
      const queue = await queueOf({
        concurrency: 1,
        groupOf: (payload) => payload[0] ?? '',
        async handler(payload) {
          seen.push(payload);
          await start.opened;
        },
      });
      for (let at = 1; at <= 6; at++) await queue.enqueue(`a${at}`, `a${at}`);
      await expect.poll(() => seen).toEqual(['a1']);
      for (const payload of ['b1', 'c1']) await queue.enqueue(payload, payload);
      start.open();
      await queue.idle();
      expect(seen.filter((payload) => payload.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
      expect(seen.indexOf('b1')).toBeLessThan(4);
      expect(seen.indexOf('c1')).toBeLessThan(5);
    });
  });
}
