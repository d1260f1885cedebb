import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Asked to explain after a rename, the thread gets the finding as it is now', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  await stage.push({ 'shop.go': null, 'page.go': fetching.replace('func Fetch(', 'func Page(') });
  await stage.say('/goplumber explain', { by: 'ada', on: stage.comment });
  expect(stage.answers(stage.comment)[0]).toContain('`page.go:');
});
