import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A thread that is opened again counts again', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.resolve(stage.comment, 'mia');
  await stage.push({ 'other.go': 'package shop\n' });
  stage.comment.resolvedBy = undefined;
  await stage.push({ 'third.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
