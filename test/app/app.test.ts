import { afterEach, describe, expect, it } from 'vitest';
import type { House } from './harness.ts';
import { openHouse } from './harness.ts';
import { everyGo } from './marked-go.ts';

const module = 'module example.org/shop\n\ngo 1.24\n';
const quiet = 'package shop\n\nfunc Serve() {\n\twork()\n}\n\nfunc work() {}\n';
const starting = 'package shop\n\nfunc Serve() {\n\tgo work()\n}\n\nfunc work() {}\n';

let house: House | undefined;

afterEach(async () => {
  const violations = house?.gitHub.violations ?? [];
  await house?.close();
  house = undefined;
  expect(violations).toEqual([]);
});

/** A repository with a pull request that starts a goroutine. */
function newPull(open: House, options: { readonly fork?: boolean; readonly draft?: boolean } = {}) {
  const repository = open.gitHub.world.create('acme', 'shop');
  const base = repository.git.commit('main', { 'go.mod': module, 'shop.go': quiet }, 'Start');
  const head = repository.git.commit('change', { 'shop.go': starting }, 'Work beside', base);
  return { repository, base, pull: open.gitHub.openPull(repository, { head, ...options }) };
}

describe('the App', () => {
  it('reviews an opened pull request: comment on the line, check run concluded', async () => {
    house = await openHouse({ rules: [everyGo] });
    const { repository, pull } = newPull(house);
    const answer = await house.gitHub.announcePull(repository, pull, 'opened');
    expect(answer.status).toBe(202);
    await house.app.idle();
    console.log(house.log.join(''), house.gitHub.violations, house.gitHub.requests.map((r) => `${r.route} ${r.status}`));
    expect(pull.comments.map(({ path, line, side }) => ({ path, line, side }))).toEqual([
      { path: 'shop.go', line: 4, side: 'RIGHT' },
    ]);
    expect(pull.reviews).toHaveLength(1);
    expect(repository.checkRuns).toMatchObject([
      { name: 'goplumber', status: 'completed', conclusion: 'failure', externalId: `goplumber/1/${pull.head}` },
    ]);
  });
});
