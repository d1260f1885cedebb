import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Closed before the job starts: no review and no check', async (stage) => {
  stage.given(before, { 'shop.go': fetching }).state = 'closed';
  await stage.announce('opened');
  await stage.announce('closed');
  expect(stage.pull.reviews).toEqual([]);
  expect(stage.checks).toEqual([]);
  stage.pull.state = 'open';
  await stage.announce('reopened');
  expect(stage.checks).toMatchObject([{ conclusion: 'failure' }]);
});
