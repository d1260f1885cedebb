/** A small siege over each engine; `npm run bench:siege` plays the large one. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithRedis, RedisServer } from '../redis/server.ts';
import { besiege, type SiegeOptions } from './siege.ts';

const root = join(import.meta.dirname, '../..');
const folder = `dist-siege-${process.pid}`;
const nothing = { lost: [], double: [], open: [], violations: [] };

const small = (): Omit<SiegeOptions, 'redis'> => ({
  seed: Math.floor(Math.random() * 1_000_000),
  program: join(root, folder, 'main.js'),
  pulls: 8,
  deliveries: 30,
  blows: 3,
  redisDeaths: 1,
  seconds: 8,
  patienceSeconds: 90,
});

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/build.mjs'), 'app', folder], { cwd: root });
});
afterAll(() => rmSync(join(root, folder), { recursive: true, force: true }));

describe('one process with a state folder, killed again and again,', () => {
  it('ends every accepted delivery in one review and one concluded check', { timeout: 180_000 }, async () => {
    const options = small();
    expect(await besiege(options), `seed ${options.seed}`).toMatchObject({ ...nothing, reviewed: 8 });
  });
});

describeWithRedis('four processes on a Redis, killed again and again with it,', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis?.stop());

  it('end every accepted delivery in one review and one concluded check', { timeout: 180_000 }, async () => {
    const options = { ...small(), redis };
    expect(await besiege(options), `seed ${options.seed}`).toMatchObject({ ...nothing, reviewed: 8 });
  });
});
