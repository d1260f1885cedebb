import { expect } from 'vitest';
import { fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A file that is only renamed brings nothing new', async (stage) => {
  await stage.open({ 'shop.go': fetching }, { 'shop.go': null, 'store.go': fetching });
  expect(stage.pull.reviews).toEqual([]);
  expect(stage.check.conclusion).toBe('success');
});
