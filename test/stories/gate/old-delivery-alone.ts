import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('An old delivery alone leads to a review of the head that is there', async (stage) => {
  stage.given(before, { 'shop.go': fetched });
  const old = { ...stage.pull };
  stage.commit({ 'shop.go': fetching });
  await stage.gitHub.announcePull(stage.repository, old, 'opened');
  await stage.settled();
  expect(stage.checks).toMatchObject([{ conclusion: 'failure' }]);
  expect(stage.repository.checkRuns).toHaveLength(1);
  await stage.announce('synchronize');
  expect(stage.repository.checkRuns).toHaveLength(1);
});
