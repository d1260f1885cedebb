import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A review with a comment takes at most twelve requests, the token included', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  expect(stage.comments).toHaveLength(1);
  expect(stage.gitHub.requests.map(({ route }) => route).length).toBeLessThanOrEqual(12);
});
