import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Two files that change their names with each other say nothing again', async (stage) => {
  await stage.open(before, { 'shop.go': fetching, 'again.go': secondFetching });
  expect(stage.comments).toHaveLength(2);
  await stage.push({ 'shop.go': secondFetching, 'again.go': fetching });
  expect(stage.comments).toHaveLength(2);
  expect(stage.check.conclusion).toBe('failure');
});
