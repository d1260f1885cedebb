import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Authors are skipped by pattern, whatever the case; others are reviewed', async (stage) => {
  const config = { '.github/goplumber.yml': 'skip: {authors: ["Renovate*", "ci-*-bot"]}\n' };
  await stage.open({ ...before, ...config }, { 'shop.go': fetching }, { author: 'CI-west-Bot' });
  expect(stage.check).toMatchObject({ conclusion: 'skipped' });
  expect(stage.comments).toEqual([]);
  await stage.say('/goplumber review', { by: 'mia' });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check.conclusion).toBe('failure');
});
