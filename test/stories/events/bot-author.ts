import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A pull request of a bot is reviewed unless the configuration says otherwise', async (stage) => {
  await stage.open(before, { 'shop.go': fetching }, { author: 'dependabot[bot]' });
  expect(stage.comments).toHaveLength(1);
});
