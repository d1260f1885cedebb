/** The ends of pull requests in Redis: a hash of them, and a sorted set that says which are the oldest. */
import type { Redis } from 'ioredis';
import { script } from '../queue/redis/script.ts';
import { decodeFeedback, type PullFeedback } from '../review/feedback.ts';
import { type FeedbackLog, rememberedPulls } from './feedback-log.ts';

/** pull, when, what, how many are kept */
const record = `
local hash, order = KEYS[1] .. ':feedback', KEYS[1] .. ':feedback:at'
redis.call('HSET', hash, ARGV[1], ARGV[3])
redis.call('ZADD', order, ARGV[2], ARGV[1])
local over = redis.call('ZCARD', order) - ARGV[4]
if over > 0 then
  for _, oldest in ipairs(redis.call('ZRANGE', order, 0, over - 1)) do redis.call('HDEL', hash, oldest) end
  redis.call('ZREMRANGEBYRANK', order, 0, over - 1)
end
return { 'ok' }
`;

export function redisFeedback(redis: Redis, slot: string): FeedbackLog {
  const run = script(redis, slot, record);
  return {
    async record(feedback) {
      await run(feedback.pull, feedback.at, JSON.stringify(feedback), rememberedPulls);
    },
    async all() {
      const texts = await redis.hvals(`${slot}:feedback`);
      return texts.flatMap((text) => parsed(text) ?? []).sort((a, b) => a.at - b.at);
    },
  };
}

function parsed(text: string): PullFeedback | undefined {
  try {
    return decodeFeedback(JSON.parse(text));
  } catch {
    return undefined;
  }
}
