import { expect } from 'vitest';
import { pullRequestPayload } from '../../stand-in/payloads.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A base that has the leak already makes it old', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const { git } = stage.repository;
  git.commit('stable', { 'shop.go': fetching }, 'Leaks, too', stage.base);
  Object.assign(stage.pull, { baseRef: 'stable' });
  const { installationId } = stage.gitHub.access.app;
  const payload = pullRequestPayload(stage.repository, stage.pull, 'edited', installationId);
  await stage.gitHub.deliver('pull_request', { ...payload, changes: { base: { ref: { from: 'main' } } } });
  await stage.settled();
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.status).toBe('completed');
});
