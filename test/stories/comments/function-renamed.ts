import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A function that is renamed keeps its comment', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.push({ 'shop.go': fetching.replace('func Fetch(', 'func FetchPage(') });
  expect(stage.comments).toHaveLength(1);
  await stage.push({
    'shop.go': fetching.replace('func Fetch(', 'func Download(').replace('ctx.Err()', 'context.Cause(ctx)'),
  });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
