import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A locked conversation takes no comments: the findings stand in the check, with GitHub’s reason',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching }).locked = true;
    await stage.announce('opened');
    expect(stage.pull.reviews).toEqual([]);
    expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'shop.go' }] });
    expect(stage.check.summary).toContain('issue is locked');
    expect(stage.check.summary).not.toContain('grant');
  },
);
