import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The button whose work fails for good is answered in the conversation',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const reply = { status: 500, headers: {}, body: {} };
    stage.gitHub.faults.add('GET /repos/{owner}/{repo}/compare/{basehead}', { kind: 'reply', reply }, 50);
    await stage.press('apply-fixes', 'mia');
    expect(stage.answers()).toHaveLength(1);
    expect(stage.answers()[0]).toContain('Nothing was applied');
  },
  { permissions: { contents: 'write' } },
);
