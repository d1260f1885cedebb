import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A pull request cannot skip itself: its own configuration is not in effect', async (stage) => {
  const own = 'skip: {authors: ["*"]}\nfailOn: never\npaths: {ignore: ["**"]}\n';
  await stage.open(before, { 'shop.go': fetching, '.github/goplumber.yml': own });
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.summary).toContain('Configuration: defaults');
  expect(stage.check.summary).toContain('is valid; it takes effect once it is merged');
});
