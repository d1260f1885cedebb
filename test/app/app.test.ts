import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { pullRequestPayload } from '../stand-in/payloads.ts';
import type { House, HouseOptions } from './harness.ts';
import { openHouse, startAppFor } from './harness.ts';
import { everyGo } from './marked-go.ts';

const module = 'module example.org/shop\n\ngo 1.24\n';
const quiet = 'package shop\n\nfunc Serve() {\n\twork()\n}\n\nfunc work() {}\n';
const starting = 'package shop\n\nfunc Serve() {\n\tgo work()\n}\n\nfunc work() {}\n';
const createReview = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';

let house: House;

async function open(options: Partial<HouseOptions> = {}): Promise<House> {
  house = await openHouse({ rules: [everyGo], ...options });
  return house;
}

afterEach(async () => {
  await house.close();
  expect(house.gitHub.violations).toEqual([]);
});

/** A repository with a pull request that starts a goroutine. */
function newPull(options: { readonly fork?: boolean; readonly draft?: boolean } = {}) {
  const repository = house.gitHub.world.create('acme', 'shop');
  const base = repository.git.commit('main', { 'go.mod': module, 'shop.go': quiet }, 'Start');
  const head = repository.git.commit('change', { 'shop.go': starting }, 'Work beside', base);
  return { repository, base, pull: house.gitHub.openPull(repository, { head, ...options }) };
}

function push(world: ReturnType<typeof newPull>, files: Record<string, string | null>): string {
  const { repository, pull } = world;
  const head = repository.git.commit('change', files, 'Go on', pull.head);
  house.gitHub.movePull(repository, pull, head);
  return head;
}

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('a pull request', () => {
  it('that is opened gets a comment on its line and a concluded check run', async () => {
    await open();
    const { repository, pull } = newPull();
    expect((await house.gitHub.announcePull(repository, pull, 'opened')).status).toBe(202);
    await house.app.idle();
    expect(pull.comments).toMatchObject([{ path: 'shop.go', line: 4, side: 'RIGHT', author: 'goplumber[bot]' }]);
    expect(pull.reviews).toMatchObject([{ state: 'COMMENTED', commit: pull.head }]);
    expect(repository.checkRuns).toMatchObject([
      {
        name: 'goplumber',
        status: 'completed',
        conclusion: 'failure',
        externalId: expect.stringMatching(`^goplumber/1/${pull.head}/`),
      },
    ]);
  });

  it('that is clean gets no comment and no review', async () => {
    await open({ rules: [] });
    const { repository, pull } = newPull();
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(pull.reviews).toEqual([]);
    expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
    expect(house.gitHub.counts()).not.toHaveProperty([createReview]);
  });

  it('is reviewed as a draft when it becomes ready, not before', async () => {
    await open();
    const { repository, pull } = newPull({ draft: true });
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(repository.checkRuns).toMatchObject([{ conclusion: 'skipped' }]);
    pull.draft = false;
    await house.gitHub.announcePull(repository, pull, 'ready_for_review');
    await house.app.idle();
    expect(pull.comments).toHaveLength(1);
  });

  it('is not told the same again after a push that moves the code', async () => {
    await open();
    const world = newPull();
    await house.gitHub.announcePull(world.repository, world.pull, 'opened');
    await house.app.idle();
    push(world, { 'shop.go': starting.replace('package shop\n', 'package shop\n\n// Shop.\nconst open = true\n') });
    await house.gitHub.announcePull(world.repository, world.pull, 'synchronize');
    await house.app.idle();
    expect(world.pull.comments).toHaveLength(1);
    expect(world.pull.comments[0]?.line).toBe(7);
    expect(world.repository.checkRuns.map((run) => run.conclusion)).toEqual(['failure', 'failure']);
  });

  it('is clean after a push that takes the goroutine away', async () => {
    await open();
    const world = newPull();
    await house.gitHub.announcePull(world.repository, world.pull, 'opened');
    await house.app.idle();
    push(world, { 'shop.go': quiet, 'other.go': 'package shop\n' });
    await house.gitHub.announcePull(world.repository, world.pull, 'synchronize');
    await house.app.idle();
    expect(world.repository.checkRuns.map((run) => run.conclusion)).toEqual(['failure', 'success']);
    expect(world.pull.comments).toMatchObject([{ line: undefined }]);
  });

  it('takes its configuration from the base branch, else from the organisation', async () => {
    await open();
    const shared = house.gitHub.world.create('acme', '.github');
    shared.git.commit('main', { '.github/goplumber.yml': 'failOn: never\n' }, 'Defaults');
    const { repository, base, pull } = newPull();
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(repository.checkRuns[0]?.conclusion).not.toBe('failure');
    repository.git.commit('main', { '.github/goplumber.yml': 'failOn: error\n' }, 'Own rules', base);
    await house.gitHub.announcePull(repository, pull, 'reopened');
    await house.app.idle();
    expect(repository.checkRuns[1]?.conclusion).toBe('failure');
  });
});

describe('a webhook', () => {
  it('is processed once, however often it is delivered under one id', async () => {
    await open();
    const { repository, pull } = newPull();
    for (let time = 0; time < 3; time++) {
      expect((await house.gitHub.announcePull(repository, pull, 'opened', { id: 'same' })).status).toBe(202);
      await house.app.idle();
    }
    expect(repository.checkRuns).toHaveLength(1);
  });

  it('about the same head under another id does not make a second review', async () => {
    await open();
    const { repository, pull } = newPull();
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    await house.gitHub.announcePull(repository, pull, 'reopened');
    await house.app.idle();
    expect(pull.reviews).toHaveLength(1);
    expect(repository.checkRuns).toHaveLength(2);
  });

  it('with a wrong signature is answered 401 and leaves nothing of its body in the log', async () => {
    await open();
    const { repository, pull } = newPull();
    const payload = { ...pullRequestPayload(repository, pull, 'opened', 99), canary: 'yellow-bird' };
    const answer = await house.gitHub.deliver('pull_request', payload, { secret: 'guessed' });
    expect(answer.status).toBe(401);
    await house.app.idle();
    expect(house.gitHub.requests).toEqual([]);
    expect(house.log.join('')).toContain('webhook refused');
    expect(house.log.join('')).not.toMatch(/yellow-bird|shop\.go|installation/);
  });

  it('over 25 MB is answered 413, announced or not', async () => {
    await open();
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': 'big',
      'x-hub-signature-256': 'sha256=00',
    };
    const chunk = Buffer.alloc(1_048_576, 'x');
    async function* trickle(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 26; count++) yield chunk;
    }
    const unannounced = await fetch(house.gitHub.hook, {
      method: 'POST',
      headers,
      body: trickle(),
      duplex: 'half',
    } as never);
    expect(unannounced.status).toBe(413);
    const announced = await fetch(house.gitHub.hook, {
      method: 'POST',
      headers,
      body: Buffer.alloc(26 * 1_048_576, 'x'),
    });
    expect(announced.status).toBe(413);
  });

  it('that is malformed is answered without a crash', async () => {
    await open();
    const post = (headers: Record<string, string>, body: string) =>
      fetch(house.gitHub.hook, { method: 'POST', headers, body });
    expect((await post({ 'content-type': 'text/plain' }, '{}')).status).toBe(415);
    expect((await post({ 'content-type': 'application/json' }, '{}')).status).toBe(400);
    expect((await house.gitHub.deliver('pull_request', [1, 2])).status).toBe(400);
    expect((await fetch(house.gitHub.hook)).status).toBe(405);
    const health = await fetch(house.gitHub.hook.replace('/api/github/webhooks', '/healthz'));
    expect(await health.json()).toMatchObject({ ok: true });
  });

  it('without an installation is accepted and leads to nothing', async () => {
    await open();
    const { repository, pull } = newPull();
    const { installation, ...payload } = pullRequestPayload(repository, pull, 'opened', 99) as {
      installation: unknown;
    };
    expect(installation).toBeDefined();
    expect((await house.gitHub.deliver('pull_request', payload)).status).toBe(202);
    await house.app.idle();
    expect(house.gitHub.requests).toEqual([]);
  });
});

describe('a newer head', () => {
  it('replaces the one that waits and stops the one that runs from being posted', async () => {
    const held = gate();
    let reviews = 0;
    await open({
      before: async () => {
        if (++reviews === 1) await held.opened;
      },
    });
    const world = newPull();
    await house.gitHub.announcePull(world.repository, world.pull, 'opened');
    while (reviews === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    push(world, { 'a.go': 'package shop\n' });
    await house.gitHub.announcePull(world.repository, world.pull, 'synchronize');
    const newest = push(world, { 'b.go': 'package shop\n' });
    await house.gitHub.announcePull(world.repository, world.pull, 'synchronize');
    held.open();
    await house.app.idle();
    expect(reviews).toBe(2);
    expect(world.pull.reviews).toMatchObject([{ commit: newest }]);
    expect(world.repository.checkRuns.map((run) => [run.status, run.conclusion])).toEqual([['completed', 'failure']]);
  });
});

describe('a re-run', () => {
  it.each([false, true])('of a check run or a suite reviews again (fork: %s)', async (fork) => {
    await open();
    const { repository, pull } = newPull({ fork });
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    const [run] = repository.checkRuns;
    if (!run) throw new Error('no check run');
    await house.gitHub.rerunCheck(repository, run);
    await house.app.idle();
    await house.gitHub.rerunSuite(repository, run);
    await house.app.idle();
    expect(repository.checkRuns.map((one) => one.conclusion)).toEqual(['failure', 'failure', 'failure']);
    expect(pull.reviews).toHaveLength(1);
  });
});

describe('a head that disappeared', () => {
  it('ends the job without noise when the repository is gone', async () => {
    await open();
    const { repository, pull } = newPull();
    const payload = pullRequestPayload(repository, pull, 'opened', 99);
    house.gitHub.world.repositories.splice(0);
    expect((await house.gitHub.deliver('pull_request', payload)).status).toBe(202);
    await house.app.idle();
    expect(house.log.join('')).toContain('"code":"gone"');
    repository.git.remove();
  });

  it('concludes the check when the pull request vanishes in between', async () => {
    await open();
    const { repository, pull } = newPull();
    const payload = pullRequestPayload(repository, pull, 'opened', 99);
    repository.pulls.splice(0);
    await house.gitHub.deliver('pull_request', payload);
    await house.app.idle();
    expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  });
});

describe('a restart', () => {
  it('takes up the review that was stored and not done', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'goplumber-state-'));
    const never = new Promise<void>(() => {});
    await open({ env: { STATE_DIR: folder }, before: () => never });
    const { repository, pull } = newPull();
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.close(10);
    expect(readFileSync(join(folder, 'jobs.log'), 'utf8')).toContain('"put"');
    const next = await startAppFor(house.gitHub, house.log, { rules: [everyGo], env: { STATE_DIR: folder } });
    await next.idle();
    await next.close();
    expect(readFileSync(join(folder, 'jobs.log'), 'utf8')).toMatch(/\{"end":"[^"]+"\}\n$/);
    expect(pull.reviews).toHaveLength(1);
    expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  });
});

describe('trouble at GitHub', () => {
  it.each([
    ['a secondary limit', { status: 403, body: { message: 'secondary rate limit' }, headers: { 'retry-after': '0' } }],
    ['502', { status: 502, body: { message: 'Bad gateway' } }],
  ])('(%s) while the review is posted ends in exactly one review', async (_, reply) => {
    await open();
    const { repository, pull } = newPull();
    house.gitHub.faults.add(createReview, { kind: 'reply', reply }, 2);
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(pull.reviews).toHaveLength(1);
    expect(repository.checkRuns.at(-1)).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(repository.checkRuns.every((run) => run.status === 'completed')).toBe(true);
  });

  it('that lasts leaves no check open', async () => {
    await open();
    const { repository, pull } = newPull();
    const conclude = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
    house.gitHub.faults.add('POST /graphql', {
      kind: 'reply',
      reply: { status: 403, body: { message: 'Suspended' } },
    });
    house.gitHub.faults.add(conclude, { kind: 'reply', reply: { status: 502, body: {} } }, 2);
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'action_required' }]);
    expect(pull.reviews).toEqual([]);
  });

  it('in form of a missing permission is said, not retried', async () => {
    await open();
    const { repository, pull } = newPull();
    house.gitHub.access.app.permissions['pull_requests'] = 'none';
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(repository.checkRuns).toMatchObject([{ status: 'completed', conclusion: 'action_required' }]);
    expect(repository.checkRuns[0]?.summary).toContain("grant `pull_requests: read` in the App's settings");
  });
});
