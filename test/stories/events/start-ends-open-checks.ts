import { expect } from 'vitest';
import { externalId } from '../../../src/github/external-id.ts';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('At the start a check that an earlier process left open is brought to its end', async (stage) => {
  const { number: pullNumber, head: headSha } = stage.given(before, { 'shop.go': fetching });
  stage.repository.checkRuns.push({
    id: stage.gitHub.world.ids.next(),
    suite: 1,
    name: 'goplumber',
    head: headSha,
    externalId: externalId({ pullNumber, headSha, work: 'of-a-process-that-died' }),
    status: 'in_progress',
    conclusion: undefined,
    title: '',
    summary: '',
    text: '',
    annotations: [],
    actions: [],
  });
  await stage.restart({ sweepMs: 600_000 });
  expect(stage.checks).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(stage.pull.reviews).toHaveLength(1);
});
