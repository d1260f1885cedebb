import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command that GitHub refuses to carry out is answered with the reason', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const reply = { status: 403, headers: {}, body: { message: 'Resource not accessible by integration' } };
  stage.gitHub.faults.add('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { kind: 'reply', reply });
  const said = await stage.say('/goplumber pause', { by: 'mia' });
  expect(said.reactions).toContain('goplumber[bot] confused');
  expect(stage.answers()).toHaveLength(1);
  expect(stage.answers()[0]).toContain('grant');
});
