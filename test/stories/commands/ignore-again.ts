import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Ignored twice, the last reason stands, once', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.say('/goplumber ignore first thought', { by: 'mia', on: stage.comment });
  await stage.say('/goplumber ignore second thought', { by: 'mia', on: stage.comment });
  expect(stage.comment.body).not.toContain('first thought');
  expect(stage.comment.body.match(/\*\*Ignored\*\*/g)).toHaveLength(1);
  expect(stage.check.conclusion).toBe('success');
});
