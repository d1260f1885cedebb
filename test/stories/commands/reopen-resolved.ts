import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A resolved thread is reopened by a reply, even where GitHub keeps it resolved', async (stage) => {
  await stage.open(before, { 'shop.go': fetching });
  stage.resolve(stage.comment, 'ada');
  await stage.say('/goplumber reopen', { by: 'mia', on: stage.comment });
  expect(stage.comment.resolvedBy).toBe('ada');
  expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'shop.go' }] });
});
