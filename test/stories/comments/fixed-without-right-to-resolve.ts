import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Without the right to resolve, a fixed comment is still edited and hidden', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.push({ 'shop.go': fetched });
  expect(stage.comment).toMatchObject({ hidden: true, resolvedBy: undefined });
  expect(stage.comment.body).toMatch(/^\*\*Fixed in\*\* /);
  expect(stage.check.conclusion).toBe('success');
});
