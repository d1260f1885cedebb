/**
 * A process that dies at every point of a review: before and after the effect of each request that it sends. Whatever the
 * point, the next process makes up for it: one review, one check run, concluded. In one process: the door to GitHub and
 * the store are shut at that point, which is all that `kill -9` leaves behind.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeJob, type ReviewJob } from '../../src/github/jobs.ts';
import { fileStore } from '../../src/queue/file-store.ts';
import type { JobStore } from '../../src/queue/job.ts';
import { memoryStore } from '../../src/queue/memory-store.ts';
import { startAppFor } from '../app/harness.ts';
import { everyGo } from '../app/marked-go.ts';
import type { Blow, Door } from '../stand-in/door.ts';
import { StandIn } from '../stand-in/stand-in.ts';
import type { Pull, Repository } from '../stand-in/state.ts';

const quiet = 'package shop\n\nfunc Serve() {\n\twork()\n}\n\nfunc work() {}\n';
const starting = 'package shop\n\nfunc Serve() {\n\tgo work()\n}\n\nfunc work() {}\n';
const rules = [everyGo];
/** More than a review sends: a blow beyond the last request kills a process that is done. */
const requests = 14;

let gitHub: StandIn;
let repository: Repository;
let base: string;

beforeAll(async () => {
  gitHub = await StandIn.start();
  repository = gitHub.world.create('acme', 'shop');
  base = repository.git.commit('main', { 'go.mod': 'module shop\n\ngo 1.24\n', 'shop.go': quiet }, 'Start');
});

afterAll(async () => {
  await gitHub.close();
  expect(gitHub.violations).toEqual([]);
});

/** A store that does nothing any more once the process behind the door is dead. */
function mortal(store: JobStore<ReviewJob>, door: Door): JobStore<ReviewJob> {
  const alive = async (work: () => Promise<void>): Promise<void> => (door.isShut ? undefined : work());
  return {
    save: (job) => alive(() => store.save(job)),
    remove: (job) => alive(() => store.remove(job)),
    bury: (job, reason) => alive(() => store.bury(job, reason)),
    load: () => store.load(),
    countDead: () => store.countDead(),
    arrivals: async () => [],
    dead: () => store.dead(),
    replay: (id) => store.replay(id),
  };
}

function openPull(name: string): Pull {
  for (const old of repository.pulls) old.state = 'closed';
  // Each pull request stands for a time of its own; together they would meet the limit of creates in a minute.
  gitHub.limits.passMinute();
  const head = repository.git.commit(name, { 'shop.go': starting, [`${name}.txt`]: name }, 'Change', base);
  return gitHub.openPull(repository, { head, branch: name });
}

async function livesThrough(pull: Pull, blow: Blow, kept: boolean): Promise<void> {
  const folder = kept ? mkdtempSync(join(tmpdir(), 'goplumber-kill-')) : undefined;
  const storeOf = async () => (folder ? fileStore(folder, decodeJob) : memoryStore<ReviewJob>());
  const door = await gitHub.openDoor(blow);
  const victim = await startAppFor(gitHub, [], { rules, door, store: mortal(await storeOf(), door) });
  await gitHub.announcePull(repository, pull, 'opened');
  await Promise.race([victim.idle(), door.fallen]);
  door.shut();
  void victim.close(0);
  const next = await startAppFor(gitHub, [], { rules, store: await storeOf(), sweepMs: kept ? 0 : 600_000 });
  await next.idle();
  await next.close();
}

function expectOneVerdict(pull: Pull): void {
  const runs = repository.checkRuns.filter((run) => run.head === pull.head);
  expect(runs.map(({ status, conclusion }) => [status, conclusion])).toEqual([['completed', 'failure']]);
  expect(pull.reviews).toHaveLength(1);
  expect(pull.comments).toHaveLength(1);
}

describe.each([
  ['with a state folder', true],
  ['without one', false],
] as const)('a process that is killed, %s,', (_, kept) => {
  it.each(['before', 'after'] as const)('%s any request took effect, loses and repeats nothing', async (when) => {
    for (let at = 1; at <= requests; at++) {
      const pull = openPull(`killed-${kept}-${when}-${at}`);
      await livesThrough(pull, { at, when }, kept);
      expectOneVerdict(pull);
    }
  });
});
