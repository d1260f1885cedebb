import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('An old delivery during the review of the newer head does not take its place', async (stage) => {
  stage.given(before, { 'shop.go': fetched });
  const { pull, repository, gitHub } = stage;
  const old = { ...pull };
  stage.commit({ 'shop.go': fetching });
  const goOn = await stage.announceUntil('synchronize', 'POST /graphql');
  await gitHub.announcePull(repository, old, 'synchronize');
  goOn();
  await stage.settled();
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(pull.reviews).toMatchObject([{ commit: pull.head }]);
});
