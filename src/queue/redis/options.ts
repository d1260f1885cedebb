/** What a queue on Redis is made of. */
import type { QueueOptions } from '../job.ts';
import type { RedisOptions } from './connection.ts';

export interface RedisQueueOptions<P> extends QueueOptions<P> {
  readonly redis: Omit<RedisOptions, 'onFault'>;
  /** Reads a payload back; undefined when it is none, e.g. because another version wrote it. */
  readonly decode: (value: unknown) => P | undefined;
  /** How long a process that does not answer keeps its jobs; default 30,000 ms. */
  readonly leaseMs?: number;
}
