import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A head that GitHub does not know yet is reviewed a moment later', async (stage) => {
  const reply = { status: 422, headers: {}, body: { message: `No commit found for SHA: ${'a'.repeat(40)}` } };
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/check-runs', { kind: 'reply', reply });
  await stage.open(before, { 'shop.go': fetching }, { fork: true });
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(stage.comments).toHaveLength(1);
});
