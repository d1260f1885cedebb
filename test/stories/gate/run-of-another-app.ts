import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('A run of our name that another App made is neither ours nor a verdict', async (stage) => {
  const { head } = stage.given(before, { 'shop.go': fetching });
  const texts = { summary: '', text: '', annotations: [], actions: [] };
  const forge = (status: string, conclusion?: string) =>
    stage.repository.checkRuns.push({
      id: stage.gitHub.world.ids.next(),
      app: 'github-actions',
      suite: 7,
      name: 'goplumber',
      head,
      externalId: `goplumber/1/${head}/forged`,
      status,
      conclusion,
      title: 'No new goroutine leaks',
      ...texts,
    });
  forge('in_progress');
  forge('completed', 'success');
  // What the start looks for must not be taken in by them either.
  await stage.restart({ sweepMs: 60_000 });
  expect(stage.pull.reviews).toHaveLength(1);
  const own = stage.checks.filter(({ app }) => app === undefined);
  expect(own).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  await stage.announce('reopened');
  expect(stage.check).toMatchObject({ conclusion: 'failure' });
  expect(stage.check.app).toBeUndefined();
});
