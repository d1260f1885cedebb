import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A patch that GitHub cuts in the middle carries no comment that it would refuse',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching }).patchFaults.set('shop.go', 'truncated');
    await stage.announce('opened');
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.comments.length + stage.check.annotations.length).toBeGreaterThan(0);
  },
);
