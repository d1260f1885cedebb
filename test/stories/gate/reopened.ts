import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story(
  'A pull request that was closed and is reopened is judged again and says nothing twice',
  async (stage) => {
    await stage.open(before, { 'shop.go': fetching });
    stage.pull.state = 'closed';
    await stage.announce('closed');
    stage.pull.state = 'open';
    await stage.announce('reopened');
    expect(stage.comments).toHaveLength(1);
    expect(stage.check).toMatchObject({ status: 'completed', conclusion: 'failure' });
  },
);
