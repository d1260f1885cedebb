import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A comment that a person went on writing below the marker is known', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.comment.body += '\n\nSee the incident of last week.';
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
