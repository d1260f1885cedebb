import { describe, expect, it } from 'vitest';
import { embeddedQueue } from '../../src/queue/embedded-queue.ts';
import { memoryStore } from '../../src/queue/file-store.ts';
import { Places } from '../../src/queue/places.ts';

describe('places', () => {
  it('go to the group that has least running, in the order of arrival', () => {
    const places = new Places(2, 60_000, () => undefined);
    expect(places.choose([undefined, 'a', 'a', 'b'])).toBe(1);
    const first = places.take('a');
    expect(places.choose(['a', 'b'])).toBe(1);
    const second = places.take('b');
    expect(places.choose(['c'])).toBeUndefined();
    places.give(first);
    places.give(second);
    expect(places.taken).toBe(0);
  });

  it('that slow work holds are freed, and no group gets more than there are', async () => {
    const running: string[] = [];
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const queue = embeddedQueue<string>({
      store: memoryStore(),
      concurrency: 2,
      placeMs: 5,
      groupOf: (payload) => payload[0] ?? '',
      async handler(payload) {
        running.push(payload);
        if (payload.startsWith('slow')) await ended;
      },
    });
    for (const payload of ['slow 1', 'slow 2', 'slow 3']) await queue.enqueue(payload, payload);
    for (const payload of ['quick 1', 'quick 2', 'quick 3']) await queue.enqueue(payload, payload);
    await expect.poll(() => running.length).toBe(5);
    expect(running).toEqual(['slow 1', 'slow 2', 'quick 1', 'quick 2', 'quick 3']);
    end();
    await queue.idle();
    expect(running.at(-1)).toBe('slow 3');
  });
});

describe('a wait', () => {
  it('is no attempt, however often it is asked for', async () => {
    const attempts: number[] = [];
    const queue = embeddedQueue<string>({
      store: memoryStore(),
      retry: { attempts: 2, firstDelayMs: 1, factor: 1, maxDelayMs: 1 },
      async handler(_, { attempt }) {
        attempts.push(attempt);
        if (attempts.length < 8)
          throw Object.assign(new Error('wait'), { retryable: true, waits: true, retryAfterMs: 1 });
      },
    });
    await queue.enqueue('pr', 'a');
    await queue.idle();
    expect(attempts).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

describe('a job that was begun and is replaced', () => {
  it('is cleaned up before it is forgotten', async () => {
    const replaced: string[] = [];
    const tried: string[] = [];
    const queue = embeddedQueue<string>({
      store: memoryStore(),
      retry: { attempts: 5, firstDelayMs: 60_000, factor: 1, maxDelayMs: 60_000 },
      async handler(payload) {
        tried.push(payload);
        if (payload === 'old') throw Object.assign(new Error('busy'), { retryable: true });
      },
      onReplaced: async (payload) => void replaced.push(payload),
    });
    await queue.enqueue('pr', 'old');
    await expect.poll(() => queue.waiting('pr')).toBe('old');
    await expect.poll(() => tried).toEqual(['old']);
    await queue.enqueue('pr', 'new');
    await queue.idle();
    expect(replaced).toEqual(['old']);
    expect(tried).toEqual(['old', 'new']);
  });
});
