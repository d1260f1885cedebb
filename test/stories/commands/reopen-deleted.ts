import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What was dismissed by deleting its comment is reopened from the conversation', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.delete(stage.comment);
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.check.conclusion).toBe('success');
  await stage.say('/goplumber reopen', { by: 'mia' });
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.comments).toHaveLength(1);
  await stage.push({ 'third.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(1);
});
