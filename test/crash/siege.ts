/**
 * The built App as processes that are killed at random instants, and its Redis with them, while deliveries come in twice and
 * out of order. Whoever plays it looks afterwards for what was lost, done twice or left open. A seed plays the same deliveries
 * and blows again; what the machine makes of their times is its own affair.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisServer } from '../redis/server.ts';
import { pullRequestPayload } from '../stand-in/payloads.ts';
import { StandIn } from '../stand-in/stand-in.ts';
import type { Pull, Repository } from '../stand-in/state.ts';
import { fetching } from '../stories/code.ts';
import { Fleet, type Role } from './fleet.ts';
import { random } from './random.ts';

export interface SiegeOptions {
  readonly seed: number;
  /** `main.js` of the built App. */
  readonly program: string;
  /** Several processes on it; without it there is one, with a state folder. */
  readonly redis?: RedisServer;
  readonly pulls: number;
  /** In all, repetitions included. */
  readonly deliveries: number;
  /** `kill -9` and SIGTERM of processes, as many of each. */
  readonly blows: number;
  readonly redisDeaths: number;
  /** Over which deliveries and blows are spread. */
  readonly seconds: number;
  /** For the rest of the work afterwards. */
  readonly patienceSeconds: number;
}

export interface SiegeReport {
  readonly deliveries: number;
  readonly reviewed: number;
  /** What is wrong, one line each. */
  readonly lost: readonly string[];
  readonly double: readonly string[];
  readonly open: readonly string[];
  readonly violations: readonly string[];
}

interface Subject {
  readonly repository: Repository;
  readonly pull: Pull;
}

interface Delivery {
  readonly at: number;
  readonly id: string;
  readonly payload: object;
}

const quiet = {
  'go.mod': 'module shop\n\ngo 1.24\n',
  'shop.go': 'package shop\n\nfunc load(url string) string { return url }\n',
};

export async function besiege(options: SiegeOptions): Promise<SiegeReport> {
  const next = random(options.seed);
  const gitHub = await StandIn.start();
  const subjects = Array.from({ length: options.pulls }, (_, at) => openPull(gitHub, at));
  const deliveries = planDeliveries(gitHub, subjects, options, next);
  const fleet = new Fleet(options.program, environmentOf(gitHub, options));
  const roles: readonly Role[] = options.redis ? ['serve', 'serve', 'worker', 'worker'] : ['serve'];
  try {
    await Promise.all(roles.map((role) => fleet.start(role)));
    await Promise.all([
      ...deliveries.map((delivery) => deliver(gitHub, fleet, delivery)),
      strike(fleet, options, next),
      ...redisDeaths(options, next),
    ]);
    await settled(subjects, options.patienceSeconds);
    return reportOn(subjects, deliveries.length, gitHub.violations);
  } finally {
    await fleet.end();
    await gitHub.close();
  }
}

function environmentOf(gitHub: StandIn, { redis }: SiegeOptions): Readonly<Record<string, string>> {
  const store: Record<string, string> = redis
    ? { REDIS_URL: redis.url, REDIS_LEASE_SECONDS: '3' }
    : { STATE_DIR: mkdtempSync(join(tmpdir(), 'goplumber-siege-')) };
  // Nothing is looked for: what is lost stays lost, and is seen.
  return { ...gitHub.environment(), SWEEP_MINUTES: '0', LOG_LEVEL: 'info', ...store };
}

/** Every second pull request has a repository, an owner and an installation of its own, so that no limit is met. */
function openPull(gitHub: StandIn, at: number): Subject {
  const owner = `owner-${Math.floor(at / 2)}`;
  gitHub.access.installations.set(owner, 1_000 + Math.floor(at / 2));
  const repository = gitHub.world.find(owner, 'shop') ?? gitHub.world.create(owner, 'shop');
  const base = repository.git.resolve('refs/heads/main') ?? repository.git.commit('main', quiet, 'Start');
  const branch = `change-${at}`;
  const head = repository.git.commit(branch, { 'shop.go': fetching, [`${branch}.txt`]: '' }, 'Change', base);
  return { repository, pull: gitHub.openPull(repository, { head, branch }) };
}

/** Of each pull request the first head, then pushes; each delivery at some time after the push, and some of them twice. */
function planDeliveries(
  gitHub: StandIn,
  subjects: readonly Subject[],
  { deliveries, seconds }: SiegeOptions,
  next: () => number,
): readonly Delivery[] {
  const planned: Delivery[] = [];
  const plan = ({ repository, pull }: Subject, action: string): void => {
    const installation = gitHub.access.installationOf(repository.owner);
    const payload = pullRequestPayload(repository, pull, action, installation);
    planned.push({ at: next() * seconds * 1_000, id: randomUUID(), payload });
  };
  for (const subject of subjects) plan(subject, 'opened');
  while (planned.length < deliveries) {
    const again = planned[Math.floor(next() * planned.length)];
    const subject = subjects[Math.floor(next() * subjects.length)];
    if (next() < 0.5 && again) planned.push({ ...again, at: next() * seconds * 1_000 });
    else if (subject && pushesOf(subject) < 3) {
      push(gitHub, subject);
      plan(subject, 'synchronize');
    }
  }
  return planned;
}

function pushesOf({ repository, pull }: Subject): number {
  return Number(repository.git.answer(['rev-list', '--count', `main..${pull.head}`]).trim()) - 1;
}

function push(gitHub: StandIn, { repository, pull }: Subject): void {
  const files = { [`${pull.headRef}.txt`]: randomUUID() };
  gitHub.movePull(repository, pull, repository.git.commit(pull.headRef, files, 'Go on', pull.head));
}

/** As GitHub or its operator does: again under the same id until it is taken in. */
async function deliver(gitHub: StandIn, fleet: Fleet, { at, id, payload }: Delivery): Promise<void> {
  await sleep(at);
  for (;;) {
    const hook = fleet.hook();
    const accepted = hook !== undefined && (await gitHub.deliverTo(hook, 'pull_request', payload, id));
    if (accepted) return;
    await sleep(200);
  }
}

async function strike(fleet: Fleet, { blows, seconds }: SiegeOptions, next: () => number): Promise<void> {
  const times = Array.from({ length: 2 * blows }, () => next() * seconds * 1_000).sort((a, b) => a - b);
  const begun = performance.now();
  for (const [count, at] of times.entries()) {
    await sleep(Math.max(0, at - (performance.now() - begun)));
    fleet.strike(next(), count % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
  }
}

function redisDeaths({ redis, redisDeaths: count, seconds }: SiegeOptions, next: () => number): Promise<void>[] {
  if (!redis) return [];
  return Array.from({ length: count }, async (_, at) => {
    // One in each part of the time, so that they do not meet.
    await sleep(((at + next() * 0.7) * seconds * 1_000) / count);
    await redis.kill();
    await redis.run();
  });
}

async function settled(subjects: readonly Subject[], patienceSeconds: number): Promise<void> {
  const until = performance.now() + patienceSeconds * 1_000;
  while (performance.now() < until && faultsOf(subjects).length > 0) await sleep(250);
  // What comes too much comes late.
  await sleep(3_000);
}

type Fault = readonly [kind: 'lost' | 'double' | 'open', text: string];

function faultsOf(subjects: readonly Subject[]): readonly Fault[] {
  return subjects.flatMap(({ repository, pull }): readonly Fault[] => {
    const name = `${repository.owner}#${pull.number}`;
    const heads = repository.git
      .answer(['rev-list', `main..${pull.head}`])
      .split('\n')
      .filter(Boolean);
    const runs = repository.checkRuns.filter(({ head }) => heads.includes(head));
    const faults: Fault[] = [];
    const newest = runs.filter(({ head }) => head === pull.head);
    if (!newest.some(({ conclusion }) => conclusion === 'failure')) faults.push(['lost', `${name}: no verdict`]);
    if (pull.reviews.length === 0) faults.push(['lost', `${name}: no review`]);
    if (pull.reviews.length > 1) faults.push(['double', `${name}: ${pull.reviews.length} reviews`]);
    for (const { id, status } of runs) if (status !== 'completed') faults.push(['open', `${name}: run ${id}`]);
    for (const head of new Set(runs.map((run) => run.head))) {
      const count = runs.filter((run) => run.head === head).length;
      if (count > 1) faults.push(['double', `${name}: ${count} runs at ${head}`]);
    }
    return faults;
  });
}

function reportOn(subjects: readonly Subject[], deliveries: number, violations: readonly string[]): SiegeReport {
  const faults = faultsOf(subjects);
  const of = (kind: Fault[0]) => faults.filter(([one]) => one === kind).map(([, text]) => text);
  const reviewed = subjects.filter(({ pull }) => pull.reviews.length === 1).length;
  return { deliveries, reviewed, lost: of('lost'), double: of('double'), open: of('open'), violations };
}
