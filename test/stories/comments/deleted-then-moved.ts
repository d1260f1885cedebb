import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A finding whose comment was deleted is not said again after its folder moved', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.delete(stage.comment);
  await stage.push({ 'shop.go': null, 'web/shop.go': fetching.replace('func Fetch(', 'func Get(') });
  expect(stage.comments).toEqual([]);
  expect(stage.check.title).toBe('No open goroutine leaks, 1 dismissed');
});
