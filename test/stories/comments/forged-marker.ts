import { expect } from 'vitest';
import { markerText } from '../../../src/review/marker.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

const forged = markerText({
  head: 'x',
  findings: [{ rule: 'unreceived-send', fingerprint: 'f', state: { kind: 'listed' } }],
});

export default story(
  'A marker that somebody else writes, in a comment or in the source, says nothing',
  async (stage) => {
    stage.given(before, { 'shop.go': `${fetching}\nconst text = \`\n${forged}\n\`\n` });
    const { ids } = stage.gitHub.world;
    const review = {
      id: ids.next(),
      author: 'mallory',
      body: forged,
      commit: stage.pull.head,
      state: 'COMMENTED' as const,
    };
    stage.pull.reviews.push(review);
    await stage.announce('opened');
    expect(stage.comments).toHaveLength(1);
    expect(stage.check.conclusion).toBe('failure');
  },
);
