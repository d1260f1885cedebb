/** Connections to Redis: they come back by themselves, and a fault of theirs is told, not thrown. */
import { Redis } from 'ioredis';

export interface RedisOptions {
  /** `redis://` or `rediss://`, with user and password where the server wants them; never logged. */
  readonly url: string;
  /** Comes before every key, so that two installations of the App can share a server. */
  readonly prefix: string;
  readonly onFault: (error: unknown) => void;
}

const longestRetryMs = 2_000;
/** While the server is away every try to come back fails; one line in this time is enough. */
const quietMs = 10_000;
/** GitHub waits ten seconds for the answer to a delivery. */
const commandMs = 8_000;

/** For scripts: what is not answered in time fails, and may have been done. */
export function connect(options: RedisOptions): Redis {
  return opened(options, { commandTimeout: commandMs });
}

/** For BullMQ, which waits for tickets as long as it takes. */
export function connectPatiently(options: RedisOptions): Redis {
  return opened(options, {});
}

function opened({ url, onFault }: RedisOptions, more: { readonly commandTimeout?: number }): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(longestRetryMs, 50 * 2 ** Math.min(times, 10)),
    connectionName: 'goplumber',
    ...more,
  });
  let told = Number.NEGATIVE_INFINITY;
  redis.on('error', (error: Error) => {
    if (performance.now() - told < quietMs) return;
    told = performance.now();
    onFault(error);
  });
  return redis;
}

/** The keys of one installation, all in one slot of a Redis cluster. */
export function slotOf({ prefix }: Pick<RedisOptions, 'prefix'>): string {
  return `{${prefix}}`;
}
