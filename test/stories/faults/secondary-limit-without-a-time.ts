import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = {
  status: 403,
  headers: {},
  body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
};

export default story('A secondary limit that names no time keeps the check in progress', async (stage) => {
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { kind: 'reply', reply }, 1);
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.pull.reviews).toEqual([]);
  expect(stage.checks).toMatchObject([{ status: 'in_progress' }]);
});
