import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The button pressed for somebody who may not write commits nothing, and says so',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const was = stage.repository.git.resolve('refs/heads/change');
    await stage.press('apply-fixes', 'ada');
    expect(stage.repository.git.resolve('refs/heads/change')).toBe(was);
    expect(stage.answers()).toHaveLength(1);
    expect(stage.answers()[0]).toContain('write access');
  },
  { permissions: { contents: 'write' } },
);
