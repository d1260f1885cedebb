import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A dismissed leak does not cover a new one in another function', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.resolve(stage.comment, 'mia');
  await stage.push({ 'again.go': secondFetching });
  expect(stage.comments).toHaveLength(2);
  expect(stage.check.conclusion).toBe('failure');
});
