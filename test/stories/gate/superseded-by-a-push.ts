import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const blobs = 'POST /graphql';

export default story('A push during the review: the old head says by which it is superseded', async (stage) => {
  const { pull, repository } = { pull: stage.given(before, { 'shop.go': fetching }), repository: stage.repository };
  const old = pull.head;
  const goOn = await stage.announceUntil('opened', blobs);
  stage.commit({ 'other.go': 'package shop\n' });
  await stage.gitHub.announcePull(repository, pull, 'synchronize');
  goOn();
  await stage.settled();
  const run = repository.checkRuns.find(({ head }) => head === old);
  expect(run).toMatchObject({ conclusion: 'neutral', title: `Superseded by ${pull.head.slice(0, 7)}` });
  expect(pull.reviews).toMatchObject([{ commit: pull.head }]);
  expect(stage.checks).toMatchObject([{ conclusion: 'failure' }]);
});
