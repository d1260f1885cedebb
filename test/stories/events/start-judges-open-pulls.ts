import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'At the start an open pull request without a verdict is judged, and one with a verdict is not',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    await stage.restart({ sweepMs: 600_000 });
    expect(stage.checks).toMatchObject([{ conclusion: 'failure' }]);
    await stage.restart({ sweepMs: 600_000 });
    expect(stage.checks).toHaveLength(1);
    expect(stage.pull.reviews).toHaveLength(1);
  },
);
