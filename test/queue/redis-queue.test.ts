/** The queue on a real Redis: what every queue promises, and what several processes need besides. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JobQueue, QueueOptions } from '../../src/queue/job.ts';
import { redisQueue } from '../../src/queue/redis/redis-queue.ts';
import { describeWithRedis, RedisServer } from '../redis/server.ts';
import { gate, keepsItsPromises, quick } from './contract.ts';

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

describeWithRedis('the queue on Redis', () => {
  let server: RedisServer;
  const faults: unknown[] = [];
  const open: JobQueue<string>[] = [];

  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server?.stop());

  const queueOf = (options: QueueOptions<string>, leaseMs = 1_000): JobQueue<string> =>
    redisQueue({
      redis: { url: server.url, prefix: 'test' },
      decode: asText,
      leaseMs,
      onFault: (fault) => void faults.push(fault),
      ...options,
    });

  async function clear(): Promise<void> {
    const redis = new Redis(server.url);
    await redis.flushall();
    await redis.quit();
  }

  async function started(options: QueueOptions<string>, leaseMs?: number): Promise<JobQueue<string>> {
    const queue = queueOf({ retry: quick, ...options }, leaseMs);
    open.push(queue);
    await queue.resume();
    return queue;
  }

  keepsItsPromises(() => ({ open: async (options) => queueOf(options), clear }));

  describe('of several processes', () => {
    afterEach(async () => {
      await Promise.all(open.splice(0).map((queue) => queue.drain(0)));
      await clear();
    });

    it('runs each job in one of them, and a key in one at a time', async () => {
      const seen: string[] = [];
      const busy = new Set<string>();
      const clashes: string[] = [];
      const handler = async (payload: string): Promise<void> => {
        const [key = ''] = payload.split(' ');
        if (busy.has(key)) clashes.push(payload);
        busy.add(key);
        await new Promise((resolve) => setTimeout(resolve, 3));
        busy.delete(key);
        seen.push(payload);
      };
      const queues = [await started({ handler }), await started({ handler }), await started({ handler })];
      const accepted: string[] = [];
      for (let at = 0; at < 90; at++) {
        const key = `pr${at % 10}`;
        const queue = queues[at % 3] as JobQueue<string>;
        const outcome = await queue.enqueue(key, `${key} ${at}`, { once: `id ${at % 60}` });
        if (outcome !== 'repeated') accepted.push(`${key} ${at}`);
      }
      await queues[0]?.idle();
      expect(accepted).toHaveLength(60);
      expect(clashes).toEqual([]);
      expect(new Set(seen).size).toBe(seen.length);
      // Of each key the newest came last.
      for (let key = 0; key < 10; key++) {
        const of = (list: readonly string[]) => list.filter((payload) => payload.startsWith(`pr${key} `)).at(-1);
        expect(of(seen)).toBe(of(accepted));
      }
    });

    it('goes on with what a process that died was at, and that one may say nothing more', async () => {
      const stuck = gate();
      const told: string[] = [];
      const contexts: (() => Promise<boolean>)[] = [];
      // A process whose locks are gone is dead to the others, whatever it still does.
      const dying = await started({
        concurrency: 1,
        async handler(payload, { holds }) {
          told.push(`dying ${payload}`);
          contexts.push(holds);
          await stuck.opened;
        },
      });
      await dying.enqueue('pr', 'a');
      await expect.poll(() => told).toEqual(['dying a']);
      expect(await contexts[0]?.()).toBe(true);
      const redis = new Redis(server.url);
      for (const key of await redis.keys('{test}:tickets:*:lock')) await redis.del(key);
      await redis.quit();
      await started({
        async handler(payload, { resumed, attempt }) {
          told.push(`heir ${payload} ${resumed} ${attempt}`);
        },
      });
      await expect.poll(() => told, { timeout: 20_000 }).toEqual(['dying a', 'heir a true 1']);
      expect(await contexts[0]?.()).toBe(false);
      stuck.open();
    });

    it('lets the older job come to its end after a death, before a newer one begins', async () => {
      const told: string[] = [];
      const stuck = gate();
      const dying = await started({
        async handler(payload) {
          told.push(payload);
          await stuck.opened;
        },
      });
      await dying.enqueue('pr', 'old');
      await expect.poll(() => told).toEqual(['old']);
      await dying.enqueue('pr', 'new');
      expect(await dying.drain(0)).toBe(false);
      const heir = await started({
        handler: async (payload) => void told.push(payload),
      });
      await heir.idle();
      expect(told).toEqual(['old', 'old', 'new']);
      stuck.open();
    });

    it('loses nothing when Redis dies and comes back in the middle of it', async () => {
      const seen: string[] = [];
      const handler = async (payload: string): Promise<void> => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        seen.push(payload);
      };
      const queue = await started({ handler });
      await started({ handler });
      const accepted: string[] = [];
      for (let at = 0; at < 40; at++) {
        const job = `job ${at}`;
        if (at === 15) void server.kill().then(() => server.run());
        await queue.enqueue(job, job, { once: job }).then(
          () => accepted.push(job),
          () => undefined,
        );
      }
      await queue.idle();
      expect(accepted.length).toBeGreaterThan(14);
      expect(accepted.filter((job) => !seen.includes(job))).toEqual([]);
    });

    it('hands out what a process stored and did not live to hand out', async () => {
      const seen: string[] = [];
      const redis = new Redis(server.url);
      const intake = await started({ concurrency: 0, handler: async () => undefined });
      await intake.enqueue('pr', 'a');
      // As if it had died between the two steps.
      for (const key of await redis.keys('{test}:tickets:*')) await redis.del(key);
      await redis.quit();
      const worker = await started({ handler: async (payload) => void seen.push(payload) });
      await worker.idle();
      expect(seen).toEqual(['a']);
    });
  });
});
