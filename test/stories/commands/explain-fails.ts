import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A command whose every attempt fails is answered in its thread', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const reply = { status: 500, headers: {}, body: {} };
  stage.gitHub.faults.add('GET /repos/{owner}/{repo}/compare/{basehead}', { kind: 'reply', reply }, 50);
  const said = await stage.say('/goplumber explain', { by: 'mia', on: stage.comment });
  expect(said.reactions).toContain('goplumber[bot] confused');
  expect(stage.answers(stage.comment)).toHaveLength(1);
});
