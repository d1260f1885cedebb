import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'On a branch that takes no commits of the App a sentence says so',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.repository.protectedBranches.add('change');
    await stage.press('apply-fixes', 'mia');
    expect(stage.answers()[0]).toMatch(/^Nothing was applied: .*rule violations/);
  },
  { permissions: { contents: 'write' } },
);
