import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A comment that a person deleted is not made again, and the gate follows', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.delete(stage.comment);
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.comments).toEqual([]);
  expect(stage.check).toMatchObject({ conclusion: 'success' });
  expect(stage.check.summary).toContain('comment deleted');
});
