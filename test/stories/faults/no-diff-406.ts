import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'GitHub makes no diff of so large a change (406): it is judged all the same, in the check alone',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching, 'README.md': 'Shop.\n' }).diffFault = 406;
    await stage.announce('opened');
    expect(stage.pull.reviews).toEqual([]);
    expect(stage.checks).toMatchObject([{ conclusion: 'failure', annotations: [{ path: 'shop.go' }] }]);
    stage.commit({ 'shop.go': fetched });
    await stage.announce('synchronize');
    expect(stage.check.conclusion).toBe('success');
  },
);
