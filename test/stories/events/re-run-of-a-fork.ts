import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A re-run, by the run and by the suite, finds the pull request of a fork', async (stage) => {
  await stage.open(before, { 'shop.go': fetching }, { fork: true });
  await stage.gitHub.rerunCheck(stage.repository, stage.check);
  await stage.settled();
  await stage.gitHub.rerunSuite(stage.repository, stage.check);
  await stage.settled();
  expect(stage.checks).toHaveLength(3);
  expect(stage.check).toMatchObject({ conclusion: 'failure', annotations: [] });
  expect(stage.comments).toHaveLength(1);
});
