import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('What was ignored and then renamed can be reopened in its thread', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  const { comment } = stage;
  await stage.say('/goplumber ignore it is read', { by: 'mia', on: comment });
  await stage.push({ 'shop.go': fetching.replace('func Fetch(', 'func Get(') });
  expect(stage.check.conclusion).toBe('success');
  await stage.say('/goplumber reopen', { by: 'mia', on: comment });
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.comments).toHaveLength(1);
});
