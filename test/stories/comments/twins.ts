import { expect } from 'vitest';
import { before, fetching, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Of two equal leaks one is ignored: the other still fails', async (stage) => {
  const twin = secondFetching.replace('func Again(', 'func Fetch2(');
  await stage.open(before, { 'shop.go': fetching, 'twin.go': twin });
  const [first] = stage.comments;
  await stage.say('/goplumber ignore by design', { by: 'mia', ...(first && { on: first }) });
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(2);
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.check.title).toMatch(/^1 error.* in this change, 1 dismissed$/);
});
