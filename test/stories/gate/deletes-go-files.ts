import { expect } from 'vitest';
import { before, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A change that only deletes Go files passes', async (stage) => {
  await stage.open({ ...before, 'again.go': secondFetching }, { 'again.go': null });
  expect(stage.check).toMatchObject({ conclusion: 'success' });
  expect(stage.pull.reviews).toEqual([]);
});
