import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('After a secondary limit no pull request of the installation writes on', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  const first = stage.pull;
  const other = stage.repository.git.commit(
    'other',
    { 'shop.go': fetching, 'o.go': 'package shop\n' },
    'O',
    stage.base,
  );
  const second = stage.gitHub.openPull(stage.repository, { head: other, branch: 'other' });
  const goOn = await stage.announceUntil('opened', 'POST /graphql');
  stage.gitHub.limits.pause(1_000);
  goOn();
  await stage.gitHub.announcePull(stage.repository, second, 'opened');
  await stage.settled();
  expect(stage.gitHub.limits.disobeyed).toBeLessThanOrEqual(2);
  for (const pull of [first, second]) {
    expect(pull.reviews).toHaveLength(1);
    const runs = stage.repository.checkRuns.filter(({ head }) => head === pull.head);
    expect(runs).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  }
});
