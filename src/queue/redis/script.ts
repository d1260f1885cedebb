/** Lua scripts: what they do, nobody sees half done, and a crash leaves all of it or nothing. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

type Argument = string | number;

/** Runs a script on the keys that begin with `slot`. What it answers is given as text, lists as they are. */
export type Script = (...args: readonly Argument[]) => Promise<readonly string[]>;

/** Prepares a script that answers a list. Its text is sent once; later calls name its hash. */
export function script(redis: Redis, slot: string, lua: string): Script {
  const sha = createHash('sha1').update(lua).digest('hex');
  return async (...args) => {
    try {
      return asTexts(await redis.evalsha(sha, 1, slot, ...args));
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return asTexts(await redis.eval(lua, 1, slot, ...args));
    }
  };
}

function asTexts(answer: unknown): readonly string[] {
  return Array.isArray(answer) ? answer.map((one) => (one === null ? '' : String(one))) : [];
}
