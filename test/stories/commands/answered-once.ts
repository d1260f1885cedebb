import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A reply that GitHub made without saying so is not made twice', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { kind: 'reset-after' });
  await stage.say('/goplumber help', { by: 'ada' });
  expect(stage.answers()).toHaveLength(1);
});
