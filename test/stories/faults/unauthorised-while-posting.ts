import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = { status: 401, headers: {}, body: { message: 'Bad credentials' } };

export default story('A token that is refused when the review is posted is replaced', async (stage) => {
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { kind: 'reply', reply }, 1);
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});
