/**
 * Stops the built App at random instants of a review, as a supervisor does: SIGTERM to the whole process group, or
 * `kill -9` to the App alone. After each blow a new process makes up for it; then every pull request must have one review
 * and one check run, concluded. Usage: node dist-bench/crash.js [--engine folder|redis|memory] [--rounds N] [--seed S]
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { random } from '../test/crash/random.ts';
import { RedisServer } from '../test/redis/server.ts';
import { StandIn } from '../test/stand-in/stand-in.ts';
import type { Pull, Repository } from '../test/stand-in/state.ts';
import { startAppProcess } from './app-process.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    engine: { type: 'string', default: 'folder' },
  },
});
const rounds = Number(values.rounds);

const leaking = `package shop

import "context"

func Fetch(ctx context.Context) int {
	result := make(chan int)
	go func() { result <- 1 }()
	select {
	case page := <-result:
		return page
	case <-ctx.Done():
		return 0
	}
}
`;

const redis = values.engine === 'redis' ? await RedisServer.start() : undefined;
const stores: Readonly<Record<string, () => Record<string, string>>> = {
  folder: () => ({ STATE_DIR: mkdtempSync(join(tmpdir(), 'goplumber-crash-')) }),
  redis: () => ({ REDIS_URL: redis?.url ?? '', REDIS_LEASE_SECONDS: '2' }),
  memory: () => ({}),
};
const store = stores[values.engine]?.();
if (!store) throw new Error(`${values.engine} is none of ${Object.keys(stores).join(', ')}`);
const start = (gitHub: StandIn) => startAppProcess(gitHub, store);

const next = random(Number(values.seed));
const gitHub = await StandIn.start();
const repository: Repository = gitHub.world.create('acme', 'shop');
const base = repository.git.commit('main', { 'go.mod': 'module shop\n\ngo 1.24\n', 'a.go': 'package shop\n' }, 'Start');
const faults: string[] = [];

function verdict(pull: Pull): string {
  const runs = repository.checkRuns.filter((run) => run.head === pull.head);
  return `${runs.map((run) => run.conclusion ?? run.status).join('+')}, ${pull.reviews.length} reviews`;
}

console.log(`seed ${values.seed}, ${rounds} rounds, jobs in ${values.engine}`);
for (let round = 1; round <= rounds; round++) {
  for (const old of repository.pulls) old.state = 'closed';
  const head = repository.git.commit(`change-${round}`, { 'a.go': leaking, 'n.txt': String(round) }, 'Change', base);
  const pull = gitHub.openPull(repository, { head, branch: `change-${round}` });
  const victim = await start(gitHub);
  await gitHub.announcePull(repository, pull, 'opened');
  const delay = next() * 1_500;
  await sleep(delay);
  const pid = victim.child.pid ?? 0;
  const soft = round % 2 === 0;
  process.kill(soft ? -pid : pid, soft ? 'SIGTERM' : 'SIGKILL');
  await victim.ended;
  const heir = await start(gitHub);
  for (let waited = 0; waited < 60_000 && verdict(pull) !== 'failure, 1 reviews'; waited += 50) await sleep(50);
  await sleep(300);
  const found = verdict(pull);
  if (found !== 'failure, 1 reviews')
    faults.push(`round ${round} (${soft ? 'SIGTERM' : 'kill -9'} after ${delay.toFixed(0)} ms): ${found}`);
  process.kill(heir.child.pid ?? 0, 'SIGTERM');
  await heir.ended;
}
await gitHub.close();
await redis?.stop();
console.log(faults.length === 0 ? `${rounds} of ${rounds}: one review, one check run, concluded` : faults.join('\n'));
process.exitCode = faults.length === 0 && gitHub.violations.length === 0 ? 0 : 1;
