import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A commit of the merge queue that is gone again ends quietly', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const gone = 'f'.repeat(40);
  expect(await stage.queued(gone)).toEqual([]);
  expect(stage.log.filter((line) => line.includes('"level":50'))).toEqual([]);
});
