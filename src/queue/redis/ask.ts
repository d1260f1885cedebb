/** One look at a Redis, for those who want to know whether it keeps what it is given. */
import { Redis } from 'ioredis';

export interface RedisHealth {
  /** Why it cannot be asked. */
  readonly fault?: string;
  /** `yes` or `no`; absent where it is not told, as services do. */
  readonly appendOnly?: string;
  readonly eviction?: string;
}

const patienceMs = 5_000;

/** Does not throw. */
export async function askRedis(url: string): Promise<RedisHealth> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: patienceMs, retryStrategy: () => null });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    const [appendOnly, eviction] = await Promise.all([
      setting(redis, 'appendonly'),
      setting(redis, 'maxmemory-policy'),
    ]);
    return { ...(appendOnly === undefined ? {} : { appendOnly }), ...(eviction === undefined ? {} : { eviction }) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  } finally {
    redis.disconnect();
  }
}

async function setting(redis: Redis, name: string): Promise<string | undefined> {
  const answer: unknown = await redis.config('GET', name).catch(() => []);
  if (Array.isArray(answer)) return answer.length > 1 ? String(answer[1]) : undefined;
  const found = (answer as Readonly<Record<string, unknown>>)[name];
  return found === undefined ? undefined : String(found);
}
