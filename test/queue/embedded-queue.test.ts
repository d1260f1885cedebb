import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { delayBeforeRetry } from '../../src/queue/backoff.ts';
import { embeddedQueue } from '../../src/queue/embedded-queue.ts';
import { fileStore, memoryStore } from '../../src/queue/file-store.ts';
import type { JobContext } from '../../src/queue/job.ts';

const quick = { attempts: 3, firstDelayMs: 5, factor: 2, maxDelayMs: 50 };
const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('the embedded queue', () => {
  it('runs one job of a key at a time and replaces the one that waits', async () => {
    const first = gate();
    const seen: string[] = [];
    const contexts: JobContext[] = [];
    const queue = embeddedQueue<string>({
      store: memoryStore(),
      async handler(payload, context) {
        seen.push(payload);
        contexts.push(context);
        if (payload === 'a') await first.opened;
      },
    });
    expect(await queue.enqueue('pr', 'a')).toBe('queued');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await queue.enqueue('pr', 'b')).toBe('queued');
    expect(contexts[0]?.signal.aborted).toBe(true);
    expect(await queue.enqueue('pr', 'c')).toBe('replaced');
    expect(seen).toEqual(['a']);
    first.open();
    await queue.idle();
    expect(seen).toEqual(['a', 'c']);
  });

  it('keeps to its number of places and starts the rest in order', async () => {
    const gates = ['a', 'b', 'c'].map(() => gate());
    const seen: string[] = [];
    const queue = embeddedQueue<number>({
      store: memoryStore(),
      concurrency: 2,
      async handler(payload) {
        seen.push(`start ${payload}`);
        await gates[payload]?.opened;
        seen.push(`end ${payload}`);
      },
    });
    for (const number of [0, 1, 2]) await queue.enqueue(`pr ${number}`, number);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual(['start 0', 'start 1']);
    gates[1]?.open();
    gates[2]?.open();
    gates[0]?.open();
    await queue.idle();
    expect(seen).toContain('end 2');
    expect(seen.indexOf('start 2')).toBeGreaterThan(seen.indexOf('end 1'));
  });

  it('repeats what is worth repeating and gives up on the rest', async () => {
    const attempts: JobContext[] = [];
    const given: string[] = [];
    const queue = embeddedQueue<string>({
      store: memoryStore(),
      retry: quick,
      async handler(payload, context) {
        attempts.push(context);
        if (payload === 'flaky' && context.attempt < 3) throw Object.assign(new Error('busy'), { retryable: true });
        if (payload === 'hopeless') throw Object.assign(new Error('gone'), { retryable: false });
      },
      async onGivenUp(payload, error) {
        given.push(`${payload}: ${error instanceof Error ? error.message : ''}`);
      },
    });
    await queue.enqueue('one', 'flaky');
    await queue.enqueue('two', 'hopeless');
    await queue.idle();
    expect(attempts.filter((context) => context.attempt === 3)).toHaveLength(1);
    expect(attempts.filter((context) => context.resumed)).toHaveLength(2);
    expect(given).toEqual(['hopeless: gone']);
  });

  it('forgets a failed job when a newer one of its key waits', async () => {
    const seen: string[] = [];
    const retried: string[] = [];
    const queue = embeddedQueue<string>({
      store: memoryStore(),
      retry: { ...quick, firstDelayMs: 10_000, maxDelayMs: 10_000 },
      onRetry: (payload) => retried.push(payload),
      async handler(payload) {
        seen.push(payload);
        if (payload === 'old') throw Object.assign(new Error('busy'), { retryable: true });
      },
    });
    await queue.enqueue('pr', 'old');
    while (retried.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await queue.enqueue('pr', 'new')).toBe('replaced');
    await queue.idle();
    expect(seen).toEqual(['old', 'new']);
  });

  it('says when it is full or closed, and leaves undone work in the store', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'goplumber-queue-'));
    const running = gate();
    const queue = embeddedQueue<string>({
      store: await fileStore(folder, asText),
      concurrency: 1,
      maxWaiting: 1,
      async handler(payload) {
        if (payload === 'a') await running.opened;
      },
    });
    await queue.enqueue('1', 'a');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await queue.enqueue('2', 'b')).toBe('queued');
    expect(await queue.enqueue('3', 'c')).toBe('full');
    expect(await queue.drain(10)).toBe(false);
    expect(await queue.enqueue('4', 'd')).toBe('closed');
    expect(await readdir(folder)).toHaveLength(2);

    const seen: [string, boolean][] = [];
    const next = embeddedQueue<string>({
      store: await fileStore(folder, asText),
      handler: async (payload, context) => {
        seen.push([payload, context.resumed]);
      },
    });
    expect(await next.resume()).toBe(2);
    await next.idle();
    expect(seen).toEqual([
      ['a', true],
      ['b', true],
    ]);
    expect(await readdir(folder)).toEqual([]);
    running.open();
  });

  it('names stored jobs that it cannot read, and goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'goplumber-queue-'));
    await writeFile(join(folder, '000000000000001-x.job.json'), '{"id": "x", "key"');
    await writeFile(join(folder, '000000000000002-y.job.json'), '{"id": "y", "key": "k", "payload": 5}');
    const faults: string[] = [];
    const queue = embeddedQueue<string>({
      store: await fileStore(folder, asText),
      handler: async () => {},
      onFault: (error) => faults.push(String(error)),
    });
    expect(await queue.resume()).toBe(0);
    expect(faults).toHaveLength(2);
    expect(await readdir(folder)).toHaveLength(2);
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
