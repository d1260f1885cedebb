import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('The check is concluded and the answer is lost: one run, concluded once', async (stage) => {
  stage.gitHub.faults.add('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', { kind: 'reset-after' });
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/check-runs', { kind: 'reset-after' });
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.checks.filter(({ status }) => status !== 'completed')).toEqual([]);
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.comments).toHaveLength(1);
});
