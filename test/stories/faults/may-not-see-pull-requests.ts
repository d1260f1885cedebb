import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A permission without which nothing can be judged is named in the check',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    expect(stage.check).toMatchObject({
      conclusion: 'action_required',
      title: 'Not reviewed: a permission is missing',
    });
    expect(stage.check.summary).toContain('grant `pull_requests: read` in the App');
  },
  { permissions: { pull_requests: 'none' } },
);
