import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What was ignored is reopened by a reply', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.say('/goplumber ignore by design', { by: 'mia', on: stage.comment });
  await stage.say('/goplumber reopen', { by: 'mia', on: stage.comment });
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.comment.body).not.toContain('Ignored');
});
