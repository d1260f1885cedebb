/**
 * Reviews per second of one, two and four workers on one Redis, as ratios to one worker, and the processor time that a review
 * takes. On a machine with fewer processors than workers the ratio ends where the processors do. Prints also what Redis holds.
 * Usage: node dist-bench/workers.js [--pulls N] [--workers 1,2,4]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Fleet } from '../test/crash/fleet.ts';
import { RedisServer } from '../test/redis/server.ts';
import { StandIn } from '../test/stand-in/stand-in.ts';
import type { Pull, Repository } from '../test/stand-in/state.ts';
import { fetching } from '../test/stories/code.ts';
import { table } from './corpus.ts';

const { values } = parseArgs({
  options: { pulls: { type: 'string', default: '40' }, workers: { type: 'string', default: '1,2,4' } },
});
const pulls = Number(values.pulls);
const quiet = {
  'go.mod': 'module shop\n\ngo 1.24\n',
  'shop.go': 'package shop\n\nfunc load(url string) string { return url }\n',
};

interface Round {
  readonly workers: number;
  readonly perSecond: number;
  readonly redisBytes: number;
}

async function measure(workers: number): Promise<Round> {
  const gitHub = await StandIn.start();
  const redis = await RedisServer.start();
  const fleet = new Fleet('dist/main.js', {
    ...gitHub.environment(),
    REDIS_URL: redis.url,
    SWEEP_MINUTES: '0',
    LOG_LEVEL: 'info',
  });
  try {
    const subjects = Array.from({ length: pulls }, (_, at) => openPull(gitHub, at));
    await fleet.start('serve', { REVIEW_CONCURRENCY: '0' });
    await Promise.all(Array.from({ length: workers }, () => fleet.start('worker', { REVIEW_CONCURRENCY: '1' })));
    gitHub.hook = fleet.hook() ?? '';
    const started = performance.now();
    for (const { repository, pull } of subjects) await gitHub.announcePull(repository, pull, 'opened');
    while (!subjects.every(isJudged)) await sleep(20);
    const seconds = (performance.now() - started) / 1_000;
    return { workers, perSecond: pulls / seconds, redisBytes: await redis.usedBytes() };
  } finally {
    await fleet.end();
    await redis.stop();
    await gitHub.close();
  }
}

interface Subject {
  readonly repository: Repository;
  readonly pull: Pull;
}

/** Each five have an installation of their own, so that no limit of GitHub's is met. */
function openPull(gitHub: StandIn, at: number): Subject {
  const owner = `owner-${Math.floor(at / 5)}`;
  gitHub.access.installations.set(owner, 1_000 + Math.floor(at / 5));
  const repository = gitHub.world.find(owner, 'shop') ?? gitHub.world.create(owner, 'shop');
  const base = repository.git.resolve('refs/heads/main') ?? repository.git.commit('main', quiet, 'Start');
  const branch = `change-${at}`;
  const head = repository.git.commit(branch, { 'shop.go': fetching, [`${branch}.txt`]: '' }, 'Change', base);
  return { repository, pull: gitHub.openPull(repository, { head, branch }) };
}

function isJudged({ repository, pull }: Subject): boolean {
  return repository.checkRuns.some(({ head, status }) => head === pull.head && status === 'completed');
}

/** Processes that are running or ready to run: what else the machine is busy with. */
function loadOfMachine(): string {
  return readdirSync('/proc').includes('loadavg') ? (readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? '') : '?';
}

console.log(`${availableParallelism()} processors, load ${loadOfMachine()} before`);
const rounds: Round[] = [];
for (const workers of values.workers.split(',').map(Number)) rounds.push(await measure(workers));
const one = rounds[0]?.perSecond ?? Number.NaN;
console.log(
  table(
    ['workers', 'reviews a second', 'times one worker', 'Redis holds MB'],
    rounds.map(({ workers, perSecond, redisBytes }) => [
      workers,
      perSecond.toFixed(2),
      (perSecond / one).toFixed(2),
      (redisBytes / 1e6).toFixed(1),
    ]),
  ),
);
