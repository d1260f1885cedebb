import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Merged while the review waits for its next attempt: no review, no open check', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply: { status: 502, body: {} } }, 3);
  await stage.gitHub.announcePull(stage.repository, stage.pull, 'opened');
  while (!stage.log.some((line) => line.includes('it will be retried')))
    await new Promise((resolve) => setTimeout(resolve, 1));
  stage.pull.state = 'closed';
  await stage.announce('closed');
  expect(stage.pull.reviews).toEqual([]);
  expect(stage.checks.filter(({ status }) => status !== 'completed')).toEqual([]);
});
