import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A review with a comment takes at most eleven requests beside its token', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.requests.length).toBeLessThanOrEqual(11);
});
