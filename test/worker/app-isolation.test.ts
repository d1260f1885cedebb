/** The App with the process of a job as it is shipped: what a hostile pull request can do to it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Task, WorkPlace } from '../../src/github/work.ts';
import { isolatedWork } from '../../src/worker/isolated-work.ts';
import { type House, openHouse } from '../app/harness.ts';
import type { Files } from '../stand-in/git-repository.ts';
import type { CheckRun, Pull } from '../stand-in/state.ts';
import { fetching } from '../stories/code.ts';
import { hostilePulls } from './hostile-pull-requests.ts';
import { buildJob, type JobBundle } from './job-bundle.ts';

const quiet = { 'go.mod': 'module example.org/shop\n\ngo 1.24\n', 'shop.go': 'package shop\n' };
const hangs = new URL('./fixtures/job-hangs.mjs', import.meta.url);

let bundle: JobBundle;
let house: House;

beforeAll(() => {
  bundle = buildJob();
});

afterAll(() => bundle.remove());

async function review(place: WorkPlace, base: Files, head: Files): Promise<{ pull: Pull; check: CheckRun }> {
  house = await openHouse({ rules: [], place });
  try {
    const repository = house.gitHub.world.create('acme', 'shop');
    const from = repository.git.commit('main', base, 'Start');
    const pull = house.gitHub.openPull(repository, { head: repository.git.commit('change', head, 'Change', from) });
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(house.gitHub.violations).toEqual([]);
    const checks = repository.checkRuns.filter((run) => run.head === pull.head);
    expect(checks.map(({ status }) => status)).toEqual(['completed']);
    return { pull, check: checks[0] as CheckRun };
  } finally {
    await house.close();
  }
}

/** Work in the process as it is shipped, but what `isDoomed` in one that never ends. */
function doomed(isDoomed: (task: Task) => boolean): WorkPlace {
  const dies = isolatedWork({ timeoutMs: 8_000 }, hangs);
  const works = isolatedWork({}, bundle.entry);
  return (task, host) => (isDoomed(task) ? dies : works)(task, host);
}

describe('the process of a job', () => {
  it('reviews, comments and concludes with what it asks of the App', async () => {
    const { pull, check } = await review(isolatedWork({}, bundle.entry), quiet, { 'shop.go': fetching });
    expect(check.conclusion).toBe('failure');
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain('```suggestion');
  });

  it('that does not end is ended, and the check fails and names the file', async () => {
    const { check } = await review(
      doomed(({ kind }) => kind === 'job'),
      quiet,
      { 'shop.go': fetching },
    );
    expect(check.conclusion).toBe('timed_out');
    expect(check.title).toBe('Not reviewed: the analysis ran out of time');
    expect(check.summary).toContain('longer than 8 seconds, at shop.go');
  });

  it('that does not end is neutral where the configuration says so', async () => {
    const base = { ...quiet, '.github/goplumber.yml': 'unfinished: neutral\n' };
    const { check } = await review(
      doomed(({ kind }) => kind === 'job'),
      base,
      { 'shop.go': fetching },
    );
    expect(check.conclusion).toBe('neutral');
  });

  it('that dies of the configuration itself leaves no check open, and nothing passes', async () => {
    const { check } = await review(
      doomed(() => true),
      quiet,
      { 'shop.go': fetching },
    );
    expect(check.conclusion).toBe('timed_out');
  });

  it('that cannot hold what it reads leaves no check open, and nothing passes', async () => {
    const { check } = await review(isolatedWork({ memoryMb: 20 }, bundle.entry), quiet, { 'shop.go': fetching });
    expect(check.conclusion).toBe('failure');
    expect(check.summary).toContain('memory');
  });
});

describe('a hostile pull request', () => {
  it.each(hostilePulls.map((pull) => [pull.title, pull] as const))(
    'with %s gets a verdict',
    async (_, { base, head }) => {
      const { check } = await review(isolatedWork({ timeoutMs: 120_000 }, bundle.entry), base, head);
      expect(['success', 'neutral', 'failure']).toContain(check.conclusion);
    },
    180_000,
  );
});
