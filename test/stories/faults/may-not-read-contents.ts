import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Without the right to read the code nothing passes, and the check says what to grant',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.check).toMatchObject({
      conclusion: 'action_required',
      title: 'Not reviewed: a permission is missing',
    });
    expect(stage.check.summary).toContain('grant `contents: read`');
  },
  { permissions: { contents: 'none' } },
);
