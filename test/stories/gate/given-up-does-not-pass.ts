import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A review that is given up does not pass, and a re-run makes it', async (stage) => {
  const trouble = { kind: 'reply', reply: { status: 502, body: {} } } as const;
  stage.gitHub.faults.add('POST /graphql', trouble, 9);
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(stage.check.title).toBe('Not reviewed: the review could not be finished');
  stage.gitHub.faults.clear();
  await stage.gitHub.rerunCheck(stage.repository, stage.check);
  await stage.settled();
  expect(stage.check.title).toMatch(/^1 error/);
});
