import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command meets 502 on every step and is obeyed and answered once', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  for (const route of [
    'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  ])
    stage.gitHub.faults.add(route, { kind: 'reply', reply: { status: 502, body: {} } });
  const said = await stage.say('/goplumber config', { by: 'mia' });
  expect(said.reactions).toContain('goplumber[bot] +1');
  expect(stage.answers()).toHaveLength(1);
});
