import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'On a fork there is no button; pressed all the same, a sentence says why',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching }, { fork: true });
    expect(stage.check.actions).toEqual([]);
    await stage.press('apply-fixes', 'mia');
    expect(stage.answers()[0]).toContain('the head is in a fork');
  },
  { permissions: { contents: 'write' } },
);
