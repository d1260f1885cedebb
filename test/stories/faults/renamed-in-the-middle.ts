import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A repository that is renamed or handed over in the middle is reviewed once', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  const goOn = await stage.announceUntil('opened', 'POST /graphql');
  stage.gitHub.world.rename(stage.repository, 'emporium', 'store');
  goOn();
  await stage.gitHub.announcePull(stage.repository, stage.pull, 'synchronize');
  await stage.settled();
  expect(stage.pull.reviews).toHaveLength(1);
  expect(stage.checks.every(({ status, conclusion }) => status === 'completed' && conclusion === 'failure')).toBe(true);
});
