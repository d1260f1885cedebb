import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

const errors = ['Pull request review thread line must be part of the diff'];
const reply = { status: 422, headers: {}, body: { message: 'Unprocessable Entity', errors } };

export default story('Where GitHub refuses every comment, the findings stand in the check', async (stage) => {
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { kind: 'reply', reply }, 40);
  await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
  expect(stage.comments).toEqual([]);
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.check.annotations.map(({ path }) => path).sort()).toEqual(['again.go', 'shop.go']);
});
