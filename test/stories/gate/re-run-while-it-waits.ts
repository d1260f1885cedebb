import { expect } from 'vitest';
import { before, fetching } from '../code.ts';
import { story } from '../harness.ts';

export default story('Judged anew while a review waits for its next attempt: no run stays open', async (stage) => {
  stage.given(before, { 'shop.go': fetching });
  stage.gitHub.faults.add('POST /graphql', { kind: 'reply', reply: { status: 502, body: {} } }, 3);
  await stage.gitHub.announcePull(stage.repository, stage.pull, 'opened');
  while (!stage.log.some((line) => line.includes('it will be retried')))
    await new Promise((resolve) => setTimeout(resolve, 1));
  await stage.announce('reopened');
  expect(stage.checks.map(({ conclusion }) => conclusion ?? 'open')).not.toContain('open');
  expect(stage.check.conclusion).toBe('failure');
  expect(stage.pull.reviews).toHaveLength(1);
});
