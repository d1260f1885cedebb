import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A label set while a review runs does not end its further attempts', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  const goOn = await stage.announceUntil('opened', 'POST /graphql');
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply: { status: 502, body: {} } }, 3);
  const labelled = stage.label('labeled', 'bug');
  goOn();
  await labelled;
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(stage.pull.reviews).toHaveLength(1);
});
