import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'The App is taken away in the middle: the work ends without noise, and nothing is tried forever',
  async (stage) => {
    const { access } = stage.gitHub;
    stage.given(before, { 'shop.go': fetching });
    const goOn = await stage.announceUntil('opened', 'POST /graphql');
    access.removed = true;
    goOn();
    await stage.settled();
    expect(stage.pull.reviews).toEqual([]);
    expect(stage.gitHub.requests.length).toBeLessThan(30);
    access.removed = false;
    await stage.announce('synchronize');
    expect(stage.comments).toHaveLength(1);
    expect(stage.checks.every(({ status }) => status === 'completed')).toBe(true);
  },
);
