import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Closed or merged while the review runs: nothing is said on it', async (stage) => {
  const pull = stage.given(before, { 'shop.go': fetching });
  const goOn = await stage.announceUntil('opened', 'POST /graphql');
  pull.state = 'closed';
  await stage.gitHub.announcePull(stage.repository, pull, 'closed');
  goOn();
  await stage.settled();
  expect(pull.reviews).toEqual([]);
  expect(stage.checks).toMatchObject([{ status: 'completed', title: 'Closed before it was reviewed' }]);
});
