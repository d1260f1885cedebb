import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What was ignored stays so over a rebase, a rename and an edit of the function', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.say('/goplumber ignore by design', { by: 'mia', on: stage.comment });
  await stage.forcePush({ 'page.go': fetching.replace('func Fetch(', 'func Page('), 'shop.go': null });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check).toMatchObject({ conclusion: 'success', annotations: [] });
  expect(stage.check.summary).toContain('ignored by `mia` (by design)');
});
