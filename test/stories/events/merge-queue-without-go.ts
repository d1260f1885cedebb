import { expect } from 'vitest';
import { before } from '../code.ts';
import { story } from '../harness.ts';

export default story('A commit of the queue without Go files passes in a few requests', async (stage) => {
  await stage.open(before, { 'README.md': 'Shop.\n' });
  const merged = stage.repository.git.commit('queue/1', { 'README.md': 'Shop.\n' }, 'Merge', stage.base);
  const asked = stage.gitHub.requests.length;
  expect(await stage.queued(merged)).toMatchObject([{ conclusion: 'success', title: 'No Go files changed' }]);
  expect(stage.gitHub.requests.length - asked).toBeLessThanOrEqual(3);
});
