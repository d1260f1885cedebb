import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { delayBeforeRetry } from '../../src/queue/backoff.ts';
import { embeddedQueue } from '../../src/queue/embedded-queue.ts';
import { fileStore } from '../../src/queue/file-store.ts';
import { memoryStore } from '../../src/queue/memory-store.ts';
import { gate, keepsItsPromises, quick } from './contract.ts';

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'goplumber-queue-'));

describe('the queue of one process, on files,', () => {
  let folder = newFolder();
  keepsItsPromises(() => ({
    open: async (options) => embeddedQueue({ store: await fileStore(folder, asText), ...options }),
    async clear() {
      rmSync(folder, { recursive: true, force: true });
      folder = newFolder();
    },
  }));

  it('leaves no job behind that was done', async () => {
    const queue = embeddedQueue<string>({ store: await fileStore(folder, asText), handler: async () => {} });
    await queue.resume();
    await queue.enqueue('pr', 'a', { once: 'id' });
    await queue.idle();
    await queue.drain(0);
    expect(readdirSync(folder)).toEqual(['jobs.log']);
    expect((await (await fileStore(folder, asText)).load()).jobs).toEqual([]);
  });

  it('names stored jobs that it cannot read, and goes on', async () => {
    const own = await mkdtemp(join(tmpdir(), 'goplumber-queue-'));
    await writeFile(join(own, '000000000000001-x.job.json'), '{"id": "x", "key"');
    await writeFile(join(own, '000000000000002-y.job.json'), '{"id": "y", "key": "k", "payload": 5}');
    const faults: string[] = [];
    const queue = embeddedQueue<string>({
      store: await fileStore(own, asText),
      handler: async () => {},
      onFault: (error) => faults.push(String(error)),
    });
    expect(await queue.resume()).toBe(0);
    expect(faults).toHaveLength(2);
    expect((await readdir(own)).filter((name) => name.endsWith('.job.json'))).toHaveLength(2);
    await queue.drain(0);
  });

  it('lets what an earlier process was at come to its end, whatever arrives', async () => {
    const own = newFolder();
    const dead = await fileStore(own, asText);
    await dead.load();
    for (const payload of ['old', 'older news']) await dead.save({ id: payload, key: 'pr', payload });
    const all = gate();
    const seen: string[] = [];
    const replaced: string[] = [];
    const queue = embeddedQueue<string>({
      store: await fileStore(own, asText),
      async handler(payload, { id, resumed }) {
        seen.push(`${payload} ${resumed ? id : 'new'}`);
        await all.opened;
      },
      onReplaced: async (payload) => void replaced.push(payload),
    });
    await queue.resume();
    expect(await queue.enqueue('pr', 'news')).toBe('queued');
    expect(await queue.enqueue('pr', 'latest')).toBe('replaced');
    expect(await queue.waiting('pr')).toBe('latest');
    all.open();
    await queue.idle();
    expect(seen).toEqual(['old old', 'older news older news', 'latest new']);
    expect(replaced).toEqual([]);
    await queue.drain(0);
    expect((await (await fileStore(own, asText)).load()).jobs).toEqual([]);
  });

  it('takes up what another process puts back into the line', async () => {
    const own = newFolder();
    let broken = true;
    const seen: string[] = [];
    const queue = embeddedQueue<string>({
      store: await fileStore(own, asText),
      retry: quick,
      lookMs: 10,
      async handler(payload) {
        seen.push(payload);
        if (broken) throw new Error('hopeless');
      },
    });
    await queue.resume();
    await queue.enqueue('pr', 'a');
    await queue.idle();
    broken = false;
    const other = await fileStore(own, asText);
    const [dead] = await other.dead();
    expect(await other.replay(dead?.job.id ?? '')).toBe(true);
    await expect.poll(() => seen).toEqual(['a', 'a']);
    await queue.idle();
    await queue.drain(0);
    expect(readdirSync(own)).toEqual(['jobs.log']);
    expect((await other.load()).jobs).toEqual([]);
  });
});

describe('the queue of one process, in memory, while it lives', () => {
  it('gives up and tries again', async () => {
    let broken = true;
    const queue = embeddedQueue<string>({
      store: memoryStore(),
      retry: quick,
      async handler() {
        if (broken) throw new Error('hopeless');
      },
    });
    await queue.resume();
    await queue.enqueue('pr', 'a');
    await queue.idle();
    const [dead] = await queue.dead();
    broken = false;
    expect(await queue.replay(dead?.job.id ?? '')).toBe(true);
    await queue.idle();
    expect(await queue.dead()).toEqual([]);
    await queue.drain(0);
  });
});

describe('back-off', () => {
  it('grows, honours what the error asks for, and ends', () => {
    const policy = { attempts: 4, firstDelayMs: 100, factor: 3, maxDelayMs: 5_000 };
    const error = { retryable: true };
    expect([1, 2, 3, 4].map((attempt) => delayBeforeRetry(error, attempt, policy))).toEqual([100, 300, 900, undefined]);
    expect(delayBeforeRetry({ retryable: true, retryAfterMs: 2_000 }, 1, policy)).toBe(2_000);
    expect(delayBeforeRetry({ retryable: true, retryAfterMs: 60_000 }, 1, policy)).toBe(5_000);
    expect(delayBeforeRetry(new Error('no'), 1, policy)).toBeUndefined();
  });
});
