import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A thread that a person resolved stays dismissed, and the gate follows', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.resolve(stage.comment, 'mia');
  await stage.push({ 'other.go': 'package shop\n' });
  expect(stage.comments).toHaveLength(1);
  expect(stage.check).toMatchObject({ conclusion: 'success', title: 'No open goroutine leaks, 1 dismissed' });
  expect(stage.check.summary).toContain('thread resolved by `mia`');
  expect(stage.check.summary).toContain('`//goplumber:ignore unreceived-send <reason>`');
});
