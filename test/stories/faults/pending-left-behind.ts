import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A pending review that a dead process left is cleared away, and the review is posted',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    stage.pull.reviews.push({
      id: stage.gitHub.world.ids.next(),
      author: 'goplumber[bot]',
      body: 'x',
      commit: stage.pull.head,
      state: 'PENDING',
    });
    await stage.announce('opened');
    expect(stage.pull.reviews).toMatchObject([{ state: 'COMMENTED' }]);
    expect(stage.comments).toHaveLength(1);
  },
);
