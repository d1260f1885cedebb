import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Three pushes in one breath: the last head is judged, the comment is made once', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  const { gitHub, repository, pull } = stage;
  await gitHub.announcePull(repository, pull, 'opened');
  for (const name of ['a.go', 'b.go']) {
    stage.commit({ [name]: 'package shop\n' });
    await gitHub.announcePull(repository, pull, 'synchronize');
  }
  await stage.settled();
  expect(stage.comments).toHaveLength(1);
  expect(stage.check).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(repository.checkRuns.every(({ status }) => status === 'completed')).toBe(true);
});
