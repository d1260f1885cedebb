import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Who lost write access since the last command is asked about anew', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.repository.people.delete('mia');
  const said = await stage.say('/goplumber ignore by design', { by: 'mia', on: stage.comment });
  expect(said.reactions).toContain('goplumber[bot] -1');
  expect(stage.check.conclusion).toBe('failure');
});
