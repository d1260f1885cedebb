import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A comment that lost its marker is still ours: nothing is said twice, nothing counts as deleted',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.comment.body = 'Please fix this one before Friday.';
    await stage.push({ 'other.go': 'package shop\n' });
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
  },
);
