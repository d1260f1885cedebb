import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const reply = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' };

export default story('A conclusion that fails twice is said in the end, on the same run', async (stage) => {
  stage.gitHub.faults.add('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', { kind: 'reply', reply }, 2);
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
});
