import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'With nothing granted but metadata and checks, the check says what to grant and does not pass',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.check).toMatchObject({ conclusion: 'action_required' });
    expect(stage.check.summary).toMatch(/grant `pull_requests: read`/);
  },
  { permissions: { pull_requests: 'none', contents: 'none' } },
);
