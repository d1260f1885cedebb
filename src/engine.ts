/** The queue that the settings ask for, and what processes have to know together beside it. */
import { mkdir } from 'node:fs/promises';
import type { AppSettings } from './github/environment.ts';
import { fileFeedback } from './github/feedback-log.ts';
import { decodeJob, type ReviewJob } from './github/jobs.ts';
import { fileHeads } from './github/kept-heads.ts';
import { type KeptState, ownState, type SharedState } from './github/shared-state.ts';
import type { RedisSettings, StoreSettings } from './github/store-settings.ts';
import { embeddedQueue } from './queue/embedded-queue.ts';
import { fileStore } from './queue/file-store.ts';
import { lockFolder } from './queue/folder-lock.ts';
import type { JobQueue, JobStore, QueueOptions } from './queue/job.ts';
import { memoryStore } from './queue/memory-store.ts';

export interface Engine {
  readonly kind: 'redis' | 'folder' | 'memory';
  readonly queue: JobQueue<ReviewJob>;
  readonly state: SharedState;
  /** Gives back what the queue's own end does not: call it after `queue.drain`. */
  close(): void;
}

export interface EngineOptions extends QueueOptions<ReviewJob> {
  /** In place of what the settings say. */
  readonly store?: JobStore<ReviewJob>;
}

/** Opens the queue; nothing runs before its `resume`. Rejects when a folder cannot be had. */
export async function openEngine({ store }: AppSettings, options: EngineOptions): Promise<Engine> {
  const { store: given, ...queueOptions } = options;
  if (given) return embedded(given, queueOptions, 'folder', () => {});
  if (store.redis) return onRedis(store.redis, queueOptions);
  return inProcess(store, queueOptions);
}

/** Files of a folder belong to one process. */
async function inProcess({ stateDir }: StoreSettings, options: QueueOptions<ReviewJob>): Promise<Engine> {
  if (!stateDir) return embedded(memoryStore(), options, 'memory', () => {});
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(stateDir);
  try {
    const store = await fileStore(stateDir, decodeJob);
    const kept = { heads: await fileHeads(stateDir), feedback: fileFeedback(stateDir) };
    return embedded(store, options, 'folder', () => lock.release(), kept);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function embedded(
  store: JobStore<ReviewJob>,
  options: QueueOptions<ReviewJob>,
  kind: Engine['kind'],
  close: () => void,
  kept?: KeptState,
): Engine {
  return { kind, queue: embeddedQueue({ ...options, store }), state: ownState(kept), close };
}

/** Nothing of Redis is loaded by those who do not use it. */
async function onRedis({ url, prefix, leaseMs }: RedisSettings, options: QueueOptions<ReviewJob>): Promise<Engine> {
  const { redisQueue } = await import('./queue/redis/redis-queue.ts');
  const { redisState } = await import('./github/redis-state.ts');
  const queue = redisQueue({ ...options, redis: { url, prefix }, leaseMs, decode: decodeJob });
  const state = redisState({ url, prefix, onFault: (error) => options.onFault?.(error) });
  return { kind: 'redis', queue, state, close: () => state.close() };
}
