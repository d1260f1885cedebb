import { expect } from 'vitest';
import { before, secondFetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What comes in by merging the base branch is not said in this pull request', async (stage) => {
  await stage.open(before, { 'own.go': 'package shop\n' });
  const { git } = stage.repository;
  const main = git.commit('main', { 'again.go': secondFetching }, 'Somebody else', stage.base);
  stage.mergeIn(main, { 'again.go': secondFetching });
  await stage.announce('synchronize');
  expect(stage.pull.reviews).toEqual([]);
  expect(stage.check.conclusion).toBe('success');
});
