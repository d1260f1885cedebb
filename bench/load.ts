/**
 * Webhooks at a steady pace at the built App: what they are answered, and how long it takes; and the memory that it holds after 20
 * and after 200 reviews. Usage: node dist-bench/load.js [--engine folder|redis] [--rate N] [--seconds S] [--reviews N]
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RedisServer } from '../test/redis/server.ts';
import { pullRequestPayload } from '../test/stand-in/payloads.ts';
import { StandIn } from '../test/stand-in/stand-in.ts';
import { fetched } from '../test/stories/code.ts';
import { percentile, processorSeconds, residentMegabytes, startAppProcess } from './app-process.ts';
import { sendFromOutside } from './delivery-sender.ts';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'folder' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    reviews: { type: 'string', default: '200' },
  },
});

const gitHub = await StandIn.start();
const redis = values.engine === 'redis' ? await RedisServer.start() : undefined;
const store: Record<string, string> = redis
  ? { REDIS_URL: redis.url }
  : { STATE_DIR: mkdtempSync(join(tmpdir(), 'goplumber-load-')) };
const repository = gitHub.world.create('acme', 'shop');
const base = repository.git.commit('main', { 'go.mod': 'module shop\n\ngo 1.24\n', 'a.go': 'package shop\n' }, 'Start');

/** All deliveries are about few pull requests, so that the queue does not fill: a newer one replaces the one that waits. */
async function acknowledgements(): Promise<void> {
  const app = await startAppProcess(gitHub, { SWEEP_MINUTES: '0', ...store });
  const head = repository.git.commit('load', { 'n.txt': '1' }, 'Change', base);
  const bodies = Array.from({ length: 50 }, () => {
    const pull = gitHub.openPull(repository, { head, branch: 'load' });
    return JSON.stringify(pullRequestPayload(repository, pull, 'opened', gitHub.access.app.installationId));
  });
  const [rate, secret] = [Number(values.rate), gitHub.access.app.webhookSecret];
  const before = processorSeconds(app);
  const sent = await sendFromOutside({ port: app.port, secret, bodies, rate, count: rate * Number(values.seconds) });
  const perDelivery = ((processorSeconds(app) - before) * 1_000) / sent.length;
  const statuses = new Map<number, number>();
  for (const { status } of sent) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const times = sent.filter(({ status }) => status === 202).map(({ ms }) => ms);
  const said = [...statuses].map(([status, count]) => `${count} answered ${status || 'not at all'}`).join(', ');
  console.log(
    `${values.engine}: ${rate} deliveries a second for ${values.seconds} s: ${said}; 202 after p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms, most ${percentile(times, 1).toFixed(1)} ms; ${perDelivery.toFixed(2)} ms of the processor for each`,
  );
  process.kill(app.child.pid ?? 0, 'SIGKILL');
  await app.ended;
}

async function memory(): Promise<void> {
  const app = await startAppProcess(gitHub, { SWEEP_MINUTES: '0', ...store });
  const first = Math.round(Number(values.reviews) / 10);
  let early = 0;
  for (let at = 1; at <= Number(values.reviews); at++) {
    gitHub.limits.passMinute();
    const head = repository.git.commit(`change-${at}`, { 'a.go': fetched, 'n.txt': String(at) }, 'Change', base);
    const pull = gitHub.openPull(repository, { head, branch: `change-${at}` });
    await gitHub.announcePull(repository, pull, 'opened');
    while (!repository.checkRuns.some((run) => run.head === head && run.status === 'completed')) await sleep(20);
    if (at === first) early = residentMegabytes(app);
  }
  const late = residentMegabytes(app);
  console.log(
    `the App holds ${early.toFixed(0)} MB after ${first} reviews and ${late.toFixed(0)} MB after ${values.reviews}: ${(late / early).toFixed(2)} times`,
  );
  process.kill(app.child.pid ?? 0, 'SIGTERM');
  await app.ended;
}

await acknowledgements();
if (Number(values.reviews) > 0) await memory();
await redis?.stop();
await gitHub.close();
