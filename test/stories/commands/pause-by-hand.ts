import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('The label of a pause set by hand pauses, and taken away reviews', async (stage) => {
  stage.given(before, { 'shop.go': fetching }).labels.push('goplumber: paused');
  await stage.announce('opened');
  expect(stage.check).toMatchObject({ conclusion: 'skipped', title: 'Paused' });
  stage.pull.labels.splice(0);
  await stage.label('unlabeled', 'goplumber: paused');
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.comments).toHaveLength(1);
});
