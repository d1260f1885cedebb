import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Of two pull requests in the queue each commit answers for its own change', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const { repository, base, gitHub } = stage;
  const other = repository.git.commit('other', { 'o.go': 'package shop\n' }, 'Other', base);
  const second = gitHub.openPull(repository, { head: other, branch: 'other' });
  const first = repository.git.commit('queue/1', { 'shop.go': fetching }, 'Merge 1', base);
  const both = repository.git.commit('queue/2', { 'o.go': 'package shop\n', 'x.txt': 'x' }, 'Merge 2', first);
  expect(await stage.queued(first)).toMatchObject([{ conclusion: 'failure' }]);
  expect(await stage.queued(both, { base: first, pull: second })).toMatchObject([{ conclusion: 'success' }]);
});
