import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What is skipped as a pull request is skipped in the merge queue, too', async (stage) => {
  await stage.open({ ...before, '.github/goplumber.yml': 'skip: {labels: [no leaks]}\n' }, { 'shop.go': fetching });
  const { repository, base } = stage;
  stage.pull.labels.push('no leaks');
  const skipped = repository.git.commit('queue/1', { 'shop.go': fetching, 'x.txt': 'x' }, 'Merge', base);
  expect(await stage.queued(skipped)).toMatchObject([{ conclusion: 'skipped', title: 'Not reviewed: label no leaks' }]);
  stage.pull.labels.splice(0);
  const judged = repository.git.commit('queue/2', { 'shop.go': fetching, 'y.txt': 'y' }, 'Merge', base);
  expect(await stage.queued(judged)).toMatchObject([{ conclusion: 'failure' }]);
});
