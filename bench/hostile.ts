/**
 * Hostile pull requests at the built App: how long `/healthz` takes while they are reviewed, and what they end with. Beside it
 * a server that does nothing is asked, so that what a busy machine costs is told apart. Usage: node dist-bench/hostile.js [--pulls N] [--minutes M]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { StandIn } from '../test/stand-in/stand-in.ts';
import type { Pull, Repository } from '../test/stand-in/state.ts';
import { hostilePulls } from '../test/worker/hostile-pull-requests.ts';
import { percentile, pollFromOutside, residentMegabytes, startAppProcess, startControl } from './app-process.ts';
import { table } from './corpus.ts';

const { values } = parseArgs({
  options: { pulls: { type: 'string', default: '20' }, minutes: { type: 'string', default: '10' } },
});

interface Attack {
  readonly title: string;
  readonly repository: Repository;
  readonly pull: Pull;
}

function attack(gitHub: StandIn, at: number): Attack {
  const kind = hostilePulls[at % hostilePulls.length];
  if (!kind) throw new Error('there are no hostile pull requests');
  const repository = gitHub.world.create('acme', `hostile-${at}`);
  const base = repository.git.commit('main', kind.base, 'Start');
  const pull = gitHub.openPull(repository, { head: repository.git.commit('change', kind.head, 'Change', base) });
  return { title: kind.title, repository, pull };
}

const verdictOf = ({ repository, pull }: Attack): string | undefined =>
  repository.checkRuns.find(({ head, status }) => head === pull.head && status === 'completed')?.conclusion;

const gitHub = await StandIn.start();
const attacks = Array.from({ length: Number(values.pulls) }, (_, at) => attack(gitHub, at));
const app = await startAppProcess(gitHub, { SWEEP_MINUTES: '0' });
const health = pollFromOutside(`http://127.0.0.1:${app.port}/healthz`, 20);
const control = pollFromOutside(await startControl(), 20);
const started = performance.now();
for (const { repository, pull } of attacks) await gitHub.announcePull(repository, pull, 'opened');
let most = 0;
while (attacks.some((one) => verdictOf(one) === undefined)) {
  if (performance.now() - started > Number(values.minutes) * 60_000) break;
  most = Math.max(most, residentMegabytes(app));
  await sleep(100);
}
const seconds = (performance.now() - started) / 1_000;
const [times, idle] = await Promise.all([health(), control()]);
console.log(
  table(
    ['pull request', 'verdicts'],
    hostilePulls.map(({ title }) => [
      title,
      attacks
        .filter((one) => one.title === title)
        .map((one) => verdictOf(one) ?? 'none')
        .join(', '),
    ]),
  ),
);
const over = (all: readonly number[]): number => all.filter((time) => time > 100).length;
const figures = (name: string, all: readonly number[]) => [
  name,
  all.length,
  ...[percentile(all, 0.5), percentile(all, 0.99), Math.max(...all)].map((time) => time.toFixed(1)),
  over(all),
];
const rows = [figures('/healthz of the App', times), figures('a server that does nothing', idle)];
console.log(table(['asked', 'times', 'median ms', 'p99 ms', 'most ms', 'over 100 ms'], rows));
console.log(`${attacks.length} pull requests in ${seconds.toFixed(0)} s; the App held at most ${most.toFixed(0)} MB`);
process.kill(app.child.pid ?? 0, 'SIGTERM');
await app.ended;
await gitHub.close();
process.exitCode = over(times) <= over(idle) && attacks.every((one) => verdictOf(one) !== undefined) ? 0 : 1;
