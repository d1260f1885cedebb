import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Pressed on a closed pull request, nothing is committed',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.pull.state = 'closed';
    await stage.press('apply-fixes', 'mia');
    expect(stage.repository.git.resolve('refs/heads/change')).toBe(stage.pull.head);
    expect(stage.answers()[0]).toContain('the pull request is closed');
  },
  { permissions: { contents: 'write' } },
);
