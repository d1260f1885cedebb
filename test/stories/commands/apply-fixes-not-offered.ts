import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Without the right to write there is no button', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.check.actions).toEqual([]);
});
