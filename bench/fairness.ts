/**
 * One pull request of thousands of files beside small ones of other installations, at the built App: how long the small ones wait from the
 * delivery to their concluded check, against what the same number waits alone. Usage: node dist-bench/fairness.js [--files N] [--small N]
 * [--engine folder|redis]
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RedisServer } from '../test/redis/server.ts';
import { StandIn } from '../test/stand-in/stand-in.ts';
import type { Pull, Repository } from '../test/stand-in/state.ts';
import { fetched } from '../test/stories/code.ts';
import { percentile, startAppProcess } from './app-process.ts';
import { table } from './corpus.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '3000' },
    small: { type: 'string', default: '50' },
    engine: { type: 'string', default: 'folder' },
  },
});
const files = Number(values.files);
const small = Number(values.small);

interface Subject {
  readonly repository: Repository;
  readonly pull: Pull;
}

const goMod = { 'go.mod': 'module example.org/shop\n\ngo 1.24\n' };

function open(gitHub: StandIn, owner: string, before: Record<string, string>, after: Record<string, string>): Subject {
  gitHub.access.installations.set(owner, 1_000 + gitHub.access.installations.size);
  const repository = gitHub.world.create(owner, 'shop');
  const base = repository.git.commit('main', { ...goMod, ...before }, 'Start');
  const head = repository.git.commit('change', after, 'Change', base);
  return { repository, pull: gitHub.openPull(repository, { head }) };
}

function openLarge(gitHub: StandIn): Subject {
  const names = Array.from({ length: files }, (_, at) => [`p${Math.floor(at / 10)}`, `f${at}`] as const);
  const text = (pkg: string, name: string, more: string): string =>
    `package ${pkg}\n\nfunc ${name}(a, b int) int {\n\tif a > b {\n\t\treturn a - b\n\t}\n\treturn b${more}\n}\n`;
  const all = (more: string) =>
    Object.fromEntries(names.map(([pkg, name]) => [`${pkg}/${name}.go`, text(pkg, name, more)]));
  return open(gitHub, 'large', all(''), all(' + 1'));
}

const isDone = ({ repository, pull }: Subject): boolean =>
  repository.checkRuns.some(({ head, status }) => head === pull.head && status === 'completed');

interface Waits {
  /** Milliseconds from delivery to conclusion, of the small ones. */
  readonly small: readonly number[];
  readonly large: number | undefined;
}

async function play(withLarge: boolean): Promise<Waits> {
  const gitHub = await StandIn.start();
  const redis = values.engine === 'redis' ? await RedisServer.start() : undefined;
  const store: Record<string, string> = redis
    ? { REDIS_URL: redis.url }
    : { STATE_DIR: mkdtempSync(join(tmpdir(), 'goplumber-fairness-')) };
  const app = await startAppProcess(gitHub, { SWEEP_MINUTES: '0', ...store });
  const large = withLarge ? openLarge(gitHub) : undefined;
  const before = { 'a.go': 'package shop\n' };
  const others = Array.from({ length: small }, (_, at) => open(gitHub, `small-${at}`, before, { 'a.go': fetched }));
  const begun = new Map<Subject, number>();
  const ended = new Map<Subject, number>();
  const announce = async (subject: Subject): Promise<void> => {
    begun.set(subject, performance.now());
    await gitHub.announcePull(subject.repository, subject.pull, 'opened');
  };
  if (large) {
    await announce(large);
    // It is at work when the others come.
    while (!large.repository.checkRuns.some(({ head }) => head === large.pull.head)) await sleep(20);
  }
  await Promise.all(others.map(announce));
  const all = large ? [large, ...others] : others;
  while (ended.size < all.length) {
    for (const one of all) if (!ended.has(one) && isDone(one)) ended.set(one, performance.now());
    await sleep(20);
  }
  const waitOf = (one: Subject): number => (ended.get(one) ?? 0) - (begun.get(one) ?? 0);
  process.kill(app.child.pid ?? 0, 'SIGTERM');
  await app.ended;
  await redis?.stop();
  await gitHub.close();
  return { small: others.map(waitOf), large: large && waitOf(large) };
}

const alone = await play(false);
const beside = await play(true);
const row = (name: string, { small: waits, large }: Waits) => [
  name,
  ...[percentile(waits, 0.5), percentile(waits, 1)].map((ms) => (ms / 1_000).toFixed(1)),
  large === undefined ? '' : (large / 1_000).toFixed(1),
];
console.log(
  table(
    [`${small} small ones, ${values.engine}`, 'median s', 'longest s', `${files} files s`],
    [row('alone', alone), row('beside the large one', beside)],
  ),
);
const ratio = (share: number): string => (percentile(beside.small, share) / percentile(alone.small, share)).toFixed(2);
console.log(`the small ones wait ${ratio(0.5)} times as long (median), ${ratio(1)} times (longest)`);
process.exitCode = percentile(beside.small, 1) <= 2 * percentile(alone.small, 1) ? 0 : 1;
