/** The tokens that the App asks for: for one repository, and for no more than its work there needs. */
import { afterEach, describe, expect, it } from 'vitest';
import { grantedOf, scopeOf } from '../../src/github/token-scope.ts';
import { type House, openHouse } from '../app/harness.ts';
import { everyGo } from '../app/marked-go.ts';

const tokenRoute = 'POST /app/installations/{installation_id}/access_tokens';
const quiet = { 'go.mod': 'module shop\n\ngo 1.24\n', 'shop.go': 'package shop\n' };
const change = { 'shop.go': 'package shop\n\nfunc Serve() {\n\tgo Serve()\n}\n' };

let house: House;
afterEach(async () => {
  await house?.close();
  expect(house?.gitHub.violations ?? []).toEqual([]);
});

async function reviewed(names: readonly string[], shared = false) {
  house = await openHouse({ rules: [everyGo] });
  // Granted, and of no use to a review.
  Object.assign(house.gitHub.access.app.permissions, { issues: 'write', administration: 'write' });
  if (shared) house.gitHub.world.create('acme', '.github').git.commit('main', { 'README.md': '' }, 'Start');
  for (const name of names) {
    const repository = house.gitHub.world.create('acme', name);
    const base = repository.git.commit('main', quiet, 'Start');
    const pull = house.gitHub.openPull(repository, { head: repository.git.commit('change', change, 'Change', base) });
    await house.gitHub.announcePull(repository, pull, 'opened');
    await house.app.idle();
    expect(pull.reviews).toHaveLength(1);
  }
  return house.gitHub.requests
    .filter(({ route }) => route === tokenRoute)
    .map(({ status, body }) => ({ status, body }));
}

const permissions = { metadata: 'read', contents: 'read', pull_requests: 'write', checks: 'write' };

describe('a review', () => {
  it('has a token for its repository and for what it does there', async () => {
    expect(await reviewed(['shop', 'bar'])).toEqual([
      { status: 422, body: { permissions, repositories: ['shop', '.github'] } },
      { status: 201, body: { permissions, repositories: ['shop'] } },
      // That the owner has no `.github` is known by now.
      { status: 201, body: { permissions, repositories: ['bar'] } },
    ]);
  });

  it('may read the configuration of its owner, where there is one', async () => {
    expect(await reviewed(['shop'], true)).toEqual([
      { status: 201, body: { permissions, repositories: ['shop', '.github'] } },
    ]);
  });
});

describe('the permissions of a token', () => {
  it('are the lower ones of what is needed and what is granted', () => {
    const request = { repository: { owner: 'acme', name: 'shop' }, pullNumber: 1, headSha: 'a'.repeat(40) };
    const scope = scopeOf({ kind: 'review', installationId: 1, request });
    const granted = { metadata: 'read', contents: 'read', checks: 'none', pull_requests: 'admin', members: 'write' };
    expect(grantedOf(scope, granted)).toEqual({ metadata: 'read', contents: 'read', pull_requests: 'write' });
  });
});
