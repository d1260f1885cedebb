import { expect } from 'vitest';
import { externalId } from '../../../src/github/external-id.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A check that was left open on a pull request which was closed meanwhile is brought to its end',
  async (stage) => {
    const { number: pullNumber, head: headSha } = stage.given(before, { 'shop.go': fetching });
    const identity = { pullNumber, headSha, work: 'of-a-process-that-died' };
    stage.leftOpen(externalId(identity));
    stage.pull.state = 'closed';
    await stage.restart({ sweepMs: 600_000 });
    expect(stage.checks).toMatchObject([
      { status: 'completed', conclusion: 'neutral', title: 'Closed before it was reviewed' },
    ]);
    expect(stage.pull.reviews).toEqual([]);
  },
);
