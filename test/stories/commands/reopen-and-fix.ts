import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What was ignored, reopened and then fixed is closed as fixed', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.say('/goplumber ignore by design', { by: 'mia', on: stage.comment });
  await stage.say('/goplumber reopen', { by: 'mia', on: stage.comment });
  await stage.push({ 'shop.go': fetched });
  expect(stage.comment.body).toMatch(/^\*\*Fixed in\*\* /);
  expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No new goroutine leaks' });
});
