import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Two pull requests with one leak each remember their own', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const first = stage.pull;
  stage.resolve(stage.comment, 'mia');
  const other = stage.repository.git.commit(
    'other',
    { 'shop.go': fetching, 'o.go': 'package shop\n' },
    'O',
    stage.base,
  );
  const second = stage.gitHub.openPull(stage.repository, { head: other, branch: 'other' });
  await stage.gitHub.announcePull(stage.repository, second, 'opened');
  await stage.settled();
  expect(second.comments).toHaveLength(1);
  expect(first.comments).toHaveLength(1);
  expect(stage.repository.checkRuns.find(({ head }) => head === other)).toMatchObject({ conclusion: 'failure' });
});
