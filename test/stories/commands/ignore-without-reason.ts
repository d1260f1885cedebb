import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Who ignores without a reason is asked for one, and nothing is dismissed', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const said = await stage.say('/goplumber ignore', { by: 'mia', on: stage.comment });
  expect(said.reactions).toContain('goplumber[bot] confused');
  expect(stage.answers(stage.comment)[0]).toContain('Please give a reason');
  expect(stage.check.conclusion).toBe('failure');
});
