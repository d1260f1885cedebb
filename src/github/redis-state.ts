/** What processes that share a Redis know together: budgets of installations, judged heads, who does what. */
import type { Redis } from 'ioredis';
import { connect, type RedisOptions, slotOf } from '../queue/redis/connection.ts';
import { type Script, script } from '../queue/redis/script.ts';
import type { ReviewRequest } from '../review/ports.ts';
import {
  type InstallationBudget,
  longestUnnamedWaitMs,
  type RequestKind,
  unnamedWaitMs,
  writeBuckets,
} from './budget.ts';
import { commitKey, type HeadMemory, pullKey } from './own-runs.ts';
import { redisFeedback } from './redis-feedback.ts';
import type { SharedState } from './shared-state.ts';

/** Deliveries can be asked for again for three days; what is remembered of a head outlives that. */
const rememberedSeconds = 7 * 24 * 3_600;

/** The other processes cannot be asked: what was to be done is done later. */
class StateOutOfReach extends Error {
  readonly retryable = true;

  constructor(cause: unknown) {
    super('Redis is out of reach', { cause });
    this.name = 'StateOutOfReach';
  }
}

async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new StateOutOfReach(error);
  }
}

const clock = `
local key = KEYS[1] .. ':budget:' .. ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pause = tonumber(redis.call('HGET', key, 'pausedUntil') or '0')
redis.call('PEXPIRE', key, 7200000)
`;

/** The rule of `newBudget`, by the clock of Redis. */
const spend = `${clock}
if now < pause then return { pause - now } end
if ARGV[2] == 'read' then return { 0 } end
local left, wait = {}, 0
for at = 3, #ARGV, 2 do
  local burst, rate, name = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), 'bucket' .. at
  local kept = redis.call('HMGET', key, name, name .. 'At')
  left[name] = math.min(burst, (kept[1] or burst) + (now - (kept[2] or now)) * rate)
  if left[name] < 1 then wait = math.max(wait, math.ceil((1 - left[name]) / rate)) end
end
if wait == 0 then
  for name, tokens in pairs(left) do redis.call('HSET', key, name, tostring(tokens - 1), name .. 'At', now) end
  redis.call('PEXPIRE', key, 7200000)
end
return { wait }
`;

/** installation, milliseconds that GitHub named ('' for none), the shortest and the longest wait where it names none. */
const refused = `${clock}
local wait = tonumber(ARGV[2])
if not wait then
  wait = math.min(tonumber(ARGV[4]), ARGV[3] * 2 ^ tonumber(redis.call('HGET', key, 'refusals') or '0'))
end
redis.call('HINCRBY', key, 'refusals', 1)
pause = math.max(pause, now + wait)
redis.call('HSET', key, 'pausedUntil', string.format('%d', pause))
redis.call('PEXPIREAT', key, string.format('%d', pause + 7200000))
return { pause - now }
`;

export interface RedisState extends SharedState {
  close(): void;
}

export function redisState(options: RedisOptions): RedisState {
  const redis = connect(options);
  const slot = slotOf(options);
  const scripts = { spend: script(redis, slot, spend), refused: script(redis, slot, refused) };
  return {
    budgetOf: (installation) => budget(redis, slot, scripts, installation),
    heads: redisHeads(redis, slot),
    claim: async (name, ms) => {
      const set = redis.set(`${slot}:claim:${name}`, '1', 'PX', Math.ceil(ms), 'NX');
      return (await reached(set)) !== null;
    },
    feedback: redisFeedback(redis, slot),
    close: () => redis.disconnect(),
  };
}

function budget(
  redis: Redis,
  slot: string,
  scripts: { readonly spend: Script; readonly refused: Script },
  installation: number,
): InstallationBudget {
  const buckets = writeBuckets.flatMap(({ burst, perMs }) => [burst, perMs]);
  const first = async (answer: Promise<readonly string[]>): Promise<number> => Number((await reached(answer))[0]);
  return {
    spend: (kind: RequestKind) => first(scripts.spend(installation, kind, ...buckets)),
    refused: (retryAfterMs) =>
      first(scripts.refused(installation, retryAfterMs ?? '', unnamedWaitMs, longestUnnamedWaitMs)),
    async answered(kind) {
      if (kind === 'write') await reached(redis.hdel(`${slot}:budget:${installation}`, 'refusals'));
    },
  };
}

function redisHeads(redis: Redis, slot: string): HeadMemory {
  const commit = (request: ReviewRequest): string => `${slot}:head:${commitKey(request)}`;
  const pull = (request: ReviewRequest): string => `${slot}:judged:${pullKey(request)}`;
  const remember = async (request: ReviewRequest, judged: string): Promise<void> => {
    const key = commit(request);
    const change = redis.multi().hset(key, String(request.pullNumber), judged).expire(key, rememberedSeconds);
    await reached(change.exec());
  };
  return {
    note: (request) => remember(request, '0'),
    known: async (request) => (await reached(redis.hexists(commit(request), String(request.pullNumber)))) === 1,
    async shared(request) {
      const pulls = await reached(redis.hkeys(commit(request)));
      return pulls.some((number) => number !== String(request.pullNumber));
    },
    async judge(request) {
      await remember(request, '1');
      await reached(redis.set(pull(request), request.headSha, 'EX', rememberedSeconds));
    },
    async judged(request) {
      const [judged, newest] = await reached(
        Promise.all([redis.hget(commit(request), String(request.pullNumber)), redis.get(pull(request))]),
      );
      return judged === '1' && newest === request.headSha;
    },
  };
}
