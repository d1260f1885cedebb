import { expect } from 'vitest';
import { before, fetched, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The branch is reset to an earlier head that was judged before: its verdict stands, nothing is said again',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    const earlier = stage.pull.head;
    await stage.push({ 'shop.go': fetched });
    stage.gitHub.movePull(stage.repository, stage.pull, earlier);
    await stage.announce('synchronize');
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
    expect(stage.comment.body).not.toContain('Fixed in');
  },
);
