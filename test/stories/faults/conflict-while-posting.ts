import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = { status: 409, headers: {}, body: { message: 'Git Repository is empty.' } };

export default story('A conflict while the review is posted passes', async (stage) => {
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { kind: 'reply', reply }, 1);
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});
