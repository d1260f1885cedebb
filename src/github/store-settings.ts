/** Where jobs are kept until they are done: in Redis, in a folder, or in memory. */
import { type Environment, integer, readFile } from './environment-values.ts';

export interface StoreSettings {
  /** Folder for jobs not yet done; without it and without Redis they live in memory, and a restart forgets them. */
  readonly stateDir?: string;
  /** Several processes share their jobs there. */
  readonly redis?: RedisSettings;
}

export interface RedisSettings {
  /** With the password, if there is one: never logged. */
  readonly url: string;
  readonly prefix: string;
  /** How long a process that does not answer keeps its jobs. */
  readonly leaseMs: number;
}

/** Reads STATE_DIR, REDIS_URL or REDIS_URL_PATH, REDIS_PREFIX and REDIS_LEASE_SECONDS. */
export function readStore(env: Environment, problems: string[]): StoreSettings {
  const stateDir = env['STATE_DIR'];
  const redis = readRedis(env, problems);
  return { ...(stateDir ? { stateDir } : {}), ...(redis ? { redis } : {}) };
}

function readRedis(env: Environment, problems: string[]): RedisSettings | undefined {
  const path = env['REDIS_URL_PATH'];
  const url = (env['REDIS_URL'] || (path ? (readFile('REDIS_URL_PATH', path, problems) ?? '') : '')).trim();
  const leaseMs = integer(env, 'REDIS_LEASE_SECONDS', 30, 1, 600, problems) * 1_000;
  const prefix = env['REDIS_PREFIX'] || 'goplumber';
  if (!/^[\w.-]{1,64}$/.test(prefix))
    problems.push('REDIS_PREFIX may hold letters, digits, dots, dashes and underscores.');
  if (url === '') return undefined;
  // What is wrong with it is not shown: it may hold a password.
  if (!/^rediss?:\/\//.test(url) || !URL.canParse(url))
    problems.push('REDIS_URL is no address; it must look like redis://host:6379 or rediss://user:password@host:6379.');
  return { url, prefix, leaseMs };
}
