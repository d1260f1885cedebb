import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A reason of 60,000 characters is kept within the limits of a comment', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.say(`/goplumber ignore ${'because '.repeat(7_500)}`, { by: 'mia', on: stage.comment });
  expect(stage.comment.body.length).toBeLessThanOrEqual(65_536);
  expect(stage.check.title).toBe('No open goroutine leaks, 1 dismissed');
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('success');
});
