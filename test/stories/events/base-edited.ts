import { expect } from 'vitest';
import { pullRequestPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Another base is another comparison; another title is not', async (stage) => {
  await stage.open({ ...before, '.github/goplumber.yml': 'failOn: never\n' }, { 'shop.go': fetching });
  expect(stage.check.conclusion).toBe('neutral');
  const { repository, gitHub } = stage;
  const edited = async (changes: object) => {
    const payload = pullRequestPayload(repository, stage.pull, 'edited', gitHub.access.app.installationId);
    expect((await gitHub.deliver('pull_request', { ...payload, changes })).status).toBe(202);
    await stage.settled();
  };
  await edited({ title: { from: 'x' } });
  expect(stage.checks).toHaveLength(1);
  repository.git.commit('release', { '.github/goplumber.yml': 'failOn: error\n' }, 'Release', stage.base);
  Object.assign(stage.pull, { baseRef: 'release' });
  await edited({ base: { ref: { from: 'main' }, sha: { from: stage.base } } });
  expect(stage.checks.map(({ conclusion }) => conclusion)).toEqual(['neutral', 'failure']);
});
