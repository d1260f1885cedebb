import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Authors that the configuration names are not reviewed', async (stage) => {
  const config = { '.github/goplumber.yml': 'skip: {authors: ["*[bot]"]}\n' };
  await stage.open({ ...before, ...config }, { 'shop.go': fetching }, { author: 'renovate[bot]' });
  expect(stage.check).toMatchObject({ conclusion: 'skipped', title: 'Not reviewed: author renovate[bot]' });
  expect(stage.pull.reviews).toEqual([]);
});
