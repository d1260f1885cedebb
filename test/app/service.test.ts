/** The App as a service: who is served, and with which secrets and folders. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type House, openHouse, startAppFor } from './harness.ts';
import { everyGo } from './marked-go.ts';

const quiet = { 'go.mod': 'module shop\n\ngo 1.24\n', 'shop.go': 'package shop\n' };
const rules = [everyGo];

let house: House;

afterEach(() => house.close());

function newPull() {
  const repository = house.gitHub.world.create('acme', 'shop');
  const base = repository.git.commit('main', quiet, 'Start');
  const change = { 'shop.go': 'package shop\n\nfunc Serve() {\n\tgo Serve()\n}\n' };
  const pull = house.gitHub.openPull(repository, { head: repository.git.commit('change', change, 'Change', base) });
  return { repository, pull };
}

describe('the App', () => {
  it('takes deliveries signed with the secret in use and with the one before', async () => {
    house = await openHouse({ rules, env: { WEBHOOK_SECRET_PREVIOUS: 'the one before' } });
    const { repository, pull } = newPull();
    for (const secret of [house.gitHub.access.app.webhookSecret, 'the one before'])
      expect((await house.gitHub.announcePull(repository, pull, 'opened', { secret })).status).toBe(202);
    expect((await house.gitHub.announcePull(repository, pull, 'opened', { secret: 'guessed' })).status).toBe(401);
    await house.app.idle();
  });

  it.each([
    ['ACME, other', 1],
    ['other', 0],
  ])('with ALLOWED_OWNERS=%s makes %i reviews for acme', async (allowed, reviews) => {
    house = await openHouse({ rules, env: { ALLOWED_OWNERS: allowed } });
    const { repository, pull } = newPull();
    expect((await house.gitHub.announcePull(repository, pull, 'opened')).status).toBe(202);
    await house.app.idle();
    expect(pull.reviews).toHaveLength(reviews);
    if (reviews === 0) expect(house.gitHub.requests).toEqual([]);
  });

  it('does not start beside another on one state folder', async () => {
    const env = { STATE_DIR: mkdtempSync(join(tmpdir(), 'goplumber-state-')) };
    house = await openHouse({ rules, env });
    await expect(startAppFor(house.gitHub, [], { rules, env })).rejects.toThrow('another process is using');
    await house.app.close();
    const next = await startAppFor(house.gitHub, [], { rules, env });
    await next.close();
  });
});
