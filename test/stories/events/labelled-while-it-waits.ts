import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A label that means nothing, set while a review waits, does not take its place', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply: { status: 502, body: {} } }, 3);
  await stage.gitHub.announcePull(stage.repository, stage.pull, 'opened');
  while (!stage.log.some((line) => line.includes('it will be retried')))
    await new Promise((resolve) => setTimeout(resolve, 1));
  await stage.label('labeled', 'bug');
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(stage.pull.reviews).toHaveLength(1);
});
