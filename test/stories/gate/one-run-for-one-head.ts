import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Told of the same head by four events, one check run is made', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  for (const action of ['opened', 'synchronize', 'synchronize', 'opened']) await stage.announce(action);
  expect(stage.checks).toHaveLength(1);
  expect(stage.pull.reviews).toHaveLength(1);
});
