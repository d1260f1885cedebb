/** One port for the ends of pull requests, whichever engine keeps it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FeedbackLog, fileFeedback, memoryFeedback, rememberedPulls } from '../../src/github/feedback-log.ts';
import { type RedisState, redisState } from '../../src/github/redis-state.ts';
import { describeWithRedis, RedisServer } from '../redis/server.ts';

const end = (number: number, at = number, rule = 'a') => ({
  pull: `acme/shop#${number}`,
  merged: true,
  at,
  comments: [{ rule, fate: 'applied' as const, up: 1, down: 0 }],
});
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'goplumber-feedback-'));

function remembers(open: () => FeedbackLog): void {
  it('gives back the newest end of each pull request, oldest first', async () => {
    const log = open();
    expect(await log.all()).toEqual([]);
    await Promise.all([log.record(end(1)), log.record(end(2))]);
    await log.record(end(1, 3, 'b'));
    expect(await log.all()).toEqual([end(2), end(1, 3, 'b')]);
  });
}

describe('feedback in memory', () => remembers(memoryFeedback));

describe('feedback in a folder', () => {
  remembers(() => fileFeedback(newFolder()));

  it('outlives its process, and lines that are none', async () => {
    const folder = newFolder();
    await fileFeedback(folder).record(end(1));
    writeFileSync(join(folder, 'feedback.log'), `noise\n{}\n${readFileSync(join(folder, 'feedback.log'), 'utf8')}{"pu`);
    const next = fileFeedback(folder);
    await next.record(end(2));
    expect(await fileFeedback(folder).all()).toEqual([end(1), end(2)]);
  });

  it('stays small', async () => {
    const folder = newFolder();
    const old = Array.from({ length: 2 * rememberedPulls }, (_, at) => JSON.stringify(end(at + 1)));
    writeFileSync(join(folder, 'feedback.log'), `${old.join('\n')}\n`);
    const log = fileFeedback(folder);
    await log.record(end(2 * rememberedPulls + 1));
    const all = await log.all();
    expect([all.length, all.at(-1)?.at]).toEqual([rememberedPulls, 2 * rememberedPulls + 1]);
    expect(readFileSync(join(folder, 'feedback.log'), 'utf8').split('\n')).toHaveLength(rememberedPulls + 1);
  });
});

describeWithRedis('feedback in Redis', () => {
  let server: RedisServer;
  let state: RedisState;

  beforeAll(async () => {
    server = await RedisServer.start();
    state = redisState({ url: server.url, prefix: 'test', onFault: () => undefined });
  });

  afterAll(async () => {
    state.close();
    await server.stop();
  });

  remembers(() => state.feedback);
});
