import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'Deliveries in the wrong order (closed, reopened, opened) lead to what GitHub says the pull request is: open, judged, said once',
  async (stage) => {
    stage.given(before, { 'shop.go': fetching });
    await stage.announce('closed');
    await stage.announce('reopened');
    await stage.announce('opened');
    expect(stage.comments).toHaveLength(1);
    expect(stage.pull.reviews).toHaveLength(1);
    expect(stage.check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(stage.checks.every(({ status }) => status === 'completed')).toBe(true);
  },
);
