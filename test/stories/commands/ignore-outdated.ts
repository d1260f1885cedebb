import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A finding whose comment is outdated can still be ignored in its thread', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const { comment } = stage;
  await stage.push({ 'shop.go': fetching.replaceAll('result', 'page1') });
  expect(comment.line).toBeUndefined();
  await stage.say('/goplumber ignore it is read', { by: 'mia', on: comment });
  expect(stage.check.conclusion).toBe('success');
});
