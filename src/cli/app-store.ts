/** The store of an App that runs beside this command: what its settings say, and what is said when it cannot be had. */
import { stat } from 'node:fs/promises';
import { type RedisSettings, readStore } from '../github/store-settings.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export type AppStore =
  | { readonly kind: 'redis'; readonly redis: RedisSettings }
  | { readonly kind: 'folder'; readonly folder: string };

/** Reads the settings of the environment. Throws `UsageError` when they name no store, or one that is not there. */
export async function appStore(terminal: Pick<Terminal, 'env'>): Promise<AppStore> {
  const problems: string[] = [];
  const { redis, stateDir } = readStore(terminal.env, problems);
  const [problem, ...others] = problems;
  if (problem !== undefined) throw new UsageError(problem, others);
  if (redis) return { kind: 'redis', redis };
  if (stateDir === undefined) throw new UsageError('REDIS_URL or STATE_DIR is missing: there is no store to look into');
  const isFolder = await stat(stateDir).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(`STATE_DIR ${stateDir} is not a folder`);
  return { kind: 'folder', folder: stateDir };
}

/** Patience with a server that does not answer is for services; here it is one line. `leave` gives the connection back. */
export async function reached<T>(answer: Promise<T>, leave: () => Promise<unknown>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    await leave();
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Redis at REDIS_URL does not answer: ${reason}`);
  }
}
