/**
 * Webhooks at a steady pace at the built App: how long the acknowledgement takes; and the memory that it holds after 20
 * and after 200 reviews. Usage: node dist-bench/load.js [--engine folder|redis] [--rate N] [--seconds S] [--reviews N]
 */
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RedisServer } from '../test/redis/server.ts';
import { pullRequestPayload } from '../test/stand-in/payloads.ts';
import { StandIn } from '../test/stand-in/stand-in.ts';
import { fetched } from '../test/stories/code.ts';
import { type AppProcess, percentile, residentMegabytes, startAppProcess } from './app-process.ts';

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

/** One delivery; resolves with the milliseconds to its answer. `closed` pull requests cost a review next to nothing. */
async function deliver(app: AppProcess, payload: object): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', gitHub.access.app.webhookSecret).update(body).digest('hex');
  const started = performance.now();
  const answer = await fetch(`http://127.0.0.1:${app.port}/api/github/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${signature}`,
    },
    body,
  });
  await answer.text();
  return answer.status === 202 ? performance.now() - started : Number.POSITIVE_INFINITY;
}

/** All deliveries are about few pull requests, so that the queue does not fill: a newer one replaces the one that waits. */
async function acknowledgements(): Promise<void> {
  const app = await startAppProcess(gitHub, {
    SWEEP_MINUTES: '0',
    ...store,
  });
  const head = repository.git.commit('load', { 'n.txt': '1' }, 'Change', base);
  const pulls = Array.from({ length: 50 }, () => gitHub.openPull(repository, { head, branch: 'load' }));
  const count = Number(values.rate) * Number(values.seconds);
  const times: Promise<number>[] = [];
  const started = performance.now();
  for (let at = 0; at < count; at++) {
    const due = started + (at * 1_000) / Number(values.rate);
    if (due > performance.now()) await sleep(due - performance.now());
    const pull = pulls[at % pulls.length];
    if (pull)
      times.push(deliver(app, pullRequestPayload(repository, pull, 'opened', gitHub.access.app.installationId)));
  }
  const all = await Promise.all(times);
  const pace = count / ((performance.now() - started) / 1_000);
  const refused = all.filter((time) => !Number.isFinite(time)).length;
  console.log(
    `${count} deliveries at ${pace.toFixed(0)} a second, ${refused} not accepted: p50 ${percentile(all, 0.5).toFixed(1)} ms, p99 ${percentile(all, 0.99).toFixed(1)} ms, most ${Math.max(...all).toFixed(1)} ms`,
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
